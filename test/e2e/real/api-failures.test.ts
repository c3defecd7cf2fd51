import { describe, expect, it } from 'vitest';
import { since } from '../../support/claude.ts';
import { apiError } from '../../../src/demo/script.ts';
import { cutShort } from '../../support/scenarios.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { livingThrough } from '../../support/known-claude.ts';

/** Whatever else an API can do is in the matrix of faults. */
describe('an API that answers', () => {
  it.runIf(since('2.1.0')).each([
    ['e402-maxretries0', 402, 'Payment required.', { class: 'billing', exitCode: 4, retryable: false }],
    [
      'e400-usage-limit',
      400,
      'You have reached your specified API usage limits. You will regain access on 2099-12-01 at 00:00 UTC.',
      { class: 'rate_limited', exitCode: 75, retryable: true, retryAfter: expect.any(Number) },
    ],
  ] as const)('%s: %i with the words %j is known by them', async (recording, status, words, outcome) => {
    const failing = () => apiError(status, words, { 'retry-after': '3600' });
    const run = await sluiceHere(['--retries', '0', '--json', 'hi'], await livingThrough(failing, recording));
    expect(run.bundle().outcome).toMatchObject(outcome);
    expect('retryAfter' in run.bundle().outcome).toBe('retryAfter' in outcome);
  });

  it('in half a reply is no success', async () => {
    const run = await sluiceHere(
      ['--retries', '0', '--json', 'hi'],
      await livingThrough(cutShort, 'eofmid-maxretries0'),
    );
    expect(run.bundle().result.success).toBe(false);
    expect(run.exitCode).not.toBe(0);
  });
});
