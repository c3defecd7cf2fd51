import process from 'node:process';
import { describe, expect, it, vi } from 'vitest';
import { tryGateway } from '../../torture/try-gateway.ts';

vi.setConfig({ testTimeout: 120_000 });

/** The torture has hundreds. */
const ROUNDS = [0, 1];

describe.runIf(process.platform === 'linux').concurrent('a gateway whose clients leave and that is killed', () => {
  it.each(ROUNDS)('tells every event once, and leaves nothing (round %i)', async (round) => {
    expect(await tryGateway(round)).toEqual([]);
  });
});
