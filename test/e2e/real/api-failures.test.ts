import { describe, expect, it } from 'vitest';
import { since } from '../../support/claude.ts';
import { apiError, type Script } from '../../../src/demo/script.ts';
import {
  broken,
  cutShort,
  emptyStream,
  errorEvent,
  forbidden,
  htmlPage,
  malformedStream,
  overloaded,
  overloadedAfterTool,
  overloadedOnce,
  promptTooLong,
  rateLimited,
  rateLimitedForAnHour,
  rateLimitedOnce,
  refused,
  resetBeforeReply,
  resetMidStream,
  resetMidStreamOnce,
  tokenLimit,
  unauthenticated,
  unknownModel,
  unpaid,
} from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

/** Old versions have no word for what is wrong with a reply that is none. */
const malformed = since('2.1.0') ? (['api_error', 75] as const) : (['failed', 1] as const);

const FAILURES: Readonly<Record<string, readonly [Script, string, number]>> = {
  '401': [unauthenticated, 'auth', 4],
  '403': [forbidden, 'auth', 4],
  '404 for the model': [unknownModel, 'invalid_request', 1],
  'no credit': [unpaid, 'billing', 4],
  'a prompt that is too long': [promptTooLong, 'prompt_too_long', 1],
  '429': [rateLimited, 'rate_limited', 75],
  '429 for an hour': [rateLimitedForAnHour, 'rate_limited', 75],
  '529': [overloaded, 'overloaded', 75],
  '500': [broken, 'api_error', 75],
  'half an event': [malformedStream, ...malformed],
  "a hotel's sign-in page": [htmlPage, ...malformed],
  'nothing at all': [emptyStream, ...malformed],
  'a reset connection': [resetBeforeReply, 'network', 75],
  'a connection that is reset in the middle': [resetMidStream, 'network', 75],
  'an error in the middle': [errorEvent, 'api_error', 75],
  'replies that are cut at the token limit': [tokenLimit, 'failed', 1],
  'a refusal': [refused, 'refused', 1],
};

describe('an API that answers', () => {
  it.each(Object.entries(FAILURES))('%s ends a run with --retries 0 soon, and says what it was', async (_, row) => {
    const [script, outcome, exitCode] = row;
    const api = await stub(script);
    const start = performance.now();
    const run = await sluice(['--retries', '0', '--json', 'hi'], { api });
    expect(performance.now() - start).toBeLessThan(30_000);
    const bundle = run.bundle();
    expect(bundle.outcome).toMatchObject({ class: outcome, exitCode, retryable: exitCode === 75 });
    expect(bundle.result).toMatchObject({ success: false, error: expect.stringMatching(/./) });
    expect(run.exitCode).toBe(exitCode);
    expect(run.stderr).toMatch(new RegExp(`^sluice: ${outcome}: .+\\n(?:sluice: to go on: .+\\n)?$`));
  });

  it.runIf(since('2.1.0')).each([
    [402, 'Payment required.', { class: 'billing', exitCode: 4, retryable: false }],
    [400, 'Output blocked by content filtering policy', { class: 'refused', exitCode: 1, retryable: false }],
    [400, 'You have reached your specified API usage limits.', { class: 'billing', exitCode: 4, retryable: false }],
    [
      400,
      'You have reached your specified API usage limits. You will regain access on 2099-12-01 at 00:00 UTC.',
      { class: 'rate_limited', exitCode: 75, retryable: true, retryAfter: expect.any(Number) },
    ],
    [429, 'slow down', { class: 'rate_limited', message: expect.stringMatching(/how long to wait is not told$/) }],
  ])('%i with the words %j is known by them', async (status, words, outcome) => {
    const api = await stub(() => apiError(status, words, { 'retry-after': '3600' }));
    const run = await sluice(['--retries', '0', '--json', 'hi'], { api });
    expect(run.bundle().outcome).toMatchObject(outcome);
    expect('retryAfter' in run.bundle().outcome).toBe('retryAfter' in outcome);
  });

  it('nobody is there: network', async () => {
    const run = await sluice(['--retries', '0', '--json', 'hi']);
    expect(run.bundle().outcome).toMatchObject({ class: 'network', exitCode: 75, retryable: true });
  });

  it('in half a reply is no success', async () => {
    const run = await sluice(['--retries', '0', '--json', 'hi'], { api: await stub(cutShort) });
    expect(run.bundle().result.success).toBe(false);
    expect(run.exitCode).not.toBe(0);
  });

  it('429 once is a success, and the retry is told', async () => {
    const run = await sluice(['--json', 'hi'], { api: await stub(rateLimitedOnce) });
    expect(run.exitCode).toBe(0);
    expect(run.bundle().result.summary).toBe('Hello from the stub.');
    // Old versions do not tell of their retries.
    expect(run.bundle().attempts).toMatchObject(since('2.1.0') ? [{ attempt: 1, status: 429 }] : []);
  });

  it.each([
    ['an overload', overloadedOnce],
    ['a connection that is reset in the middle', resetMidStreamOnce],
  ])('%s once is a success', async (_, script) => {
    const run = await sluice(['hi'], { api: await stub(script) });
    expect(run).toMatchObject({ exitCode: 0, stdout: 'Hello from the stub.\n' });
  });

  it('an error after a tool is retried by claude, and the tool runs once', async () => {
    const run = await sluice(['--json', '--model', 'sonnet', 'hi'], { api: await stub(overloadedAfterTool) });
    expect(run.bundle()).toMatchObject({
      result: { success: true, summary: 'Worked in the end.' },
      tools: [{ name: 'Bash', calls: 1, errors: 0 }],
    });
  });
});
