import { describe, expect, it } from 'vitest';
import { since } from '../../support/claude.ts';
import { apiError } from '../../../src/demo/script.ts';
import { cutShort } from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

/** Whatever else an API can do is in the matrix of faults. */
describe('an API that answers', () => {
  it.runIf(since('2.1.0')).each([
    [402, 'Payment required.', { class: 'billing', exitCode: 4, retryable: false }],
    [
      400,
      'You have reached your specified API usage limits. You will regain access on 2099-12-01 at 00:00 UTC.',
      { class: 'rate_limited', exitCode: 75, retryable: true, retryAfter: expect.any(Number) },
    ],
  ])('%i with the words %j is known by them', async (status, words, outcome) => {
    const api = await stub(() => apiError(status, words, { 'retry-after': '3600' }));
    const run = await sluice(['--retries', '0', '--json', 'hi'], { api });
    expect(run.bundle().outcome).toMatchObject(outcome);
    expect('retryAfter' in run.bundle().outcome).toBe('retryAfter' in outcome);
  });

  it('in half a reply is no success', async () => {
    const run = await sluice(['--retries', '0', '--json', 'hi'], { api: await stub(cutShort) });
    expect(run.bundle().result.success).toBe(false);
    expect(run.exitCode).not.toBe(0);
  });
});
