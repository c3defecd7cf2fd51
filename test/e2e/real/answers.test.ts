import { describe, expect, it } from 'vitest';
import { plain } from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

describe('a plain answer', () => {
  it('is printed as it is, with one newline, into a pipe', async () => {
    const run = await sluice(['hi'], { api: await stub(plain) });
    expect(run).toMatchObject({ exitCode: 0, stdout: 'Hello from the stub.\n', stderr: '' });
  });
});
