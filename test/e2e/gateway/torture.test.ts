import process from 'node:process';
import { describe, expect, it, vi } from 'vitest';
import { tryGateway } from '../../torture/try-gateway.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.runIf(process.platform === 'linux')('a gateway whose clients leave and that is killed', () => {
  it('tells every event once, and leaves nothing', async () => {
    // The torture has hundreds of rounds.
    expect(await tryGateway(0)).toEqual([]);
  });
});
