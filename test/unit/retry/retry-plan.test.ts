import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/outcome/classify.ts';
import type { StopReason } from '../../../src/outcome/evidence.ts';
import type { MessageOf } from '../../../src/messages/types.ts';
import { isHopeless, planRetry, type RetryEvidence } from '../../../src/retry/retry-plan.ts';
import { apiRetry, assistant, evidence, init, rerun, result, SESSION, toolUse } from '../outcome/evidence.ts';
import { evidenceOf, type RecordingName } from '../../support/recordings.ts';

const LIMITS = { retries: 10, maxWaitMs: 600_000, resetMs: 0 };
const ENDED_AT = 1_800_000_000_000;

const claude = (version?: string) => init({ claude_code_version: version });
const failure = (status: number | null, text = 'API Error') =>
  result({ is_error: true, api_error_status: status, result: text });
const overloaded = [
  claude('2.1.197'),
  apiRetry(),
  apiRetry({ attempt: 2 }),
  failure(null, 'API Error: Repeated 529 Overloaded errors.'),
];
const malformed = [claude('2.1.197'), failure(null, 'API Error: API returned an empty or malformed response')];
const limited = (resetsIn: number) => [
  claude('2.1.197'),
  { type: 'rate_limit_event', rate_limit_info: { status: 'rejected', resetsAt: ENDED_AT / 1000 + resetsIn } },
  failure(429, "You've hit your session limit"),
];

/** The evidence of a first run that nothing forbids to be started again, but for what is given. */
function given(messages: Parameters<typeof evidence>[0], known: Partial<RetryEvidence> = {}): RetryEvidence {
  const around = { exit: { code: 1, signal: null }, endedAt: ENDED_AT, stoppedBy: known.stoppedBy ?? null };
  const whole = evidence(messages, around);
  return {
    outcome: classify(whole),
    facts: whole.facts,
    limits: LIMITS,
    reruns: 0,
    remainingMs: Number.POSITIVE_INFINITY,
    freshSession: true,
    canResume: true,
    stoppedBy: null,
    random: () => 0,
    ...known,
  };
}

describe('planRetry', () => {
  it('starts a run again that claude gave up though it may well succeed', () => {
    expect(planRetry(given(overloaded))).toEqual({
      waitMs: 1_000,
      resume: null,
      notice: {
        type: 'sluice',
        subtype: 'notice',
        code: 'retry',
        text: expect.stringMatching(/^overloaded \(529\), .* again in 1 s, retry 1 of at most 10$/),
        retry: { by: 'sluice', attempt: 1, maxRetries: 10, delayMs: 1_000, status: 529, error: 'overloaded' },
      },
    });
    expect(planRetry(given(malformed))?.notice.retry).toMatchObject({ status: null, error: 'api_error' });
  });

  it.each([
    [0, 0, 1_000],
    [0, 1, 1_250],
    [1, 0, 2_000],
    [3, 0.5, 9_000],
    [5, 0, 32_000],
    [9, 0, 32_000],
    [9, 1, 40_000],
  ])('waits longer each time: after %i reruns, with %d of the jitter, %i ms', (reruns, share, waitMs) => {
    const plan = planRetry(given(malformed, { reruns, random: () => share }));
    expect(plan?.waitMs).toBe(waitMs);
    expect(plan?.notice.retry).toMatchObject({ attempt: reruns + 1, delayMs: waitMs });
  });

  it('waits for the end of a limit, and no longer than is allowed', () => {
    expect(planRetry(given(limited(90)))?.waitMs).toBe(90_000);
    expect(planRetry(given(limited(600)))?.waitMs).toBe(600_000);
    expect(planRetry(given(limited(601)))).toBeNull();
    expect(planRetry(given(limited(-5)))?.waitMs).toBe(1_000);
    expect(planRetry(given(overloaded, { limits: { ...LIMITS, retries: 10, maxWaitMs: 999 } }))).toBeNull();
  });

  it('waits for a limit to reset, once and where it is to, and goes on with what was done', () => {
    const limits = { ...LIMITS, maxWaitMs: 1_000, resetMs: 7_200_000 };
    const used = [...limited(3_600).slice(0, -1), assistant([toolUse('t', 'Bash')]), ...limited(3_600).slice(-1)];
    const fresh = planRetry(given(limited(3_600), { limits }));
    expect(fresh).toMatchObject({ waitMs: 3_601_000, resume: null, notice: { retry: { error: 'limit_reset' } } });
    expect(fresh?.notice.text).toBe('a limit was reached; the run starts again when it has reset, in 61 min');
    expect(planRetry(given(used, { limits }))).toMatchObject({ waitMs: 3_601_000, resume: SESSION });
    expect(planRetry(given(used, { limits, canResume: false }))).toBeNull();
    expect(planRetry(given(limited(3_600), { limits, freshSession: false }))).toMatchObject({ resume: SESSION });
    expect(planRetry(given(limited(7_200), { limits }))).toBeNull();
    expect(planRetry(given(limited(3_600), { limits, remainingMs: 3_000_000 }))).toBeNull();
    expect(planRetry(given(limited(3_600), { limits, stoppedBy: 'SIGINT' }))).toBeNull();
    const before = fresh === null ? [] : [fresh.notice];
    expect(planRetry(given([...before, ...limited(3_600)], { limits, reruns: 1 }))).toBeNull();
  });

  it('does not wait where the time limit comes first', () => {
    expect(planRetry(given(overloaded, { remainingMs: 1_001 }))).not.toBeNull();
    expect(planRetry(given(overloaded, { remainingMs: 1_000 }))).toBeNull();
    expect(planRetry(given(overloaded, { remainingMs: 0 }))).toBeNull();
  });

  it.each([
    ['401', failure(401)],
    ['403', failure(403)],
    ['400', failure(400)],
    ['404', failure(404)],
    ['413', failure(413)],
    ['no credit', failure(400, 'Credit balance is too low')],
    ['a refusal', result({ stop_reason: 'refusal' })],
    ['a limit of turns', result({ subtype: 'error_max_turns', is_error: true })],
    ['an error of its own', result({ subtype: 'error_during_execution', is_error: true })],
    ['a success', result()],
  ])('does not start a run again after %s', (_, ending) => {
    expect(planRetry(given([claude('2.1.197'), ending]))).toBeNull();
  });

  it('does not start a run again that ended without a result', () => {
    expect(planRetry(given([claude('2.1.197')]))).toBeNull();
  });

  it('never starts a run again that used a tool, in this start or an earlier one', () => {
    const used = assistant([toolUse('t1', 'Bash')]);
    expect(planRetry(given([used, ...overloaded]))).toBeNull();
    expect(planRetry(given([used, rerun(1), ...overloaded], { reruns: 1 }))).toBeNull();
    expect(
      planRetry(given([assistant([toolUse('t1', 'Read')], { parent_tool_use_id: 'p' }), ...overloaded])),
    ).toBeNull();
  });

  it.each<StopReason>([
    'SIGINT',
    'SIGTERM',
    'reader_gone',
    'timeout',
    'stalled',
    'output_error',
    'hopeless',
    'lingering',
  ])('never starts a run again that we stopped: %s', (stoppedBy) => {
    expect(planRetry(given(overloaded, { stoppedBy }))).toBeNull();
  });

  it('never starts a run again in a session that has a past or a given id', () => {
    expect(planRetry(given(overloaded, { freshSession: false }))).toBeNull();
  });

  it("counts claude's retries and ours together", () => {
    const retries = (count: number) => Array.from({ length: count }, () => apiRetry());
    const ended = [claude('2.1.197'), failure(529)];
    expect(planRetry(given([...retries(9), ...ended]))).not.toBeNull();
    expect(planRetry(given([...retries(10), ...ended]))).toBeNull();
    expect(planRetry(given([...retries(5), rerun(1), ...retries(4), ...ended], { reruns: 1 }))).toBeNull();
    expect(planRetry(given(overloaded, { limits: { ...LIMITS, retries: 2, maxWaitMs: 600_000 } }))).toBeNull();
    expect(planRetry(given(malformed, { limits: { ...LIMITS, retries: 0, maxWaitMs: 600_000 } }))).toBeNull();
  });

  it('comes to an end, whatever fails', () => {
    const messages: Parameters<typeof evidence>[0][number][] = [...overloaded];
    let reruns = 0;
    while (planRetry(given(messages, { reruns })) !== null) messages.push(rerun(++reruns), ...overloaded);
    expect(reruns).toBe(3);
  });

  it.each([
    ['1.0.128, which does not tell its version', undefined, false],
    ['2.0.76', '2.0.76', false],
    ['2.1.0', '2.1.0', true],
    ['2.1.329', '2.1.329', true],
    ['3.0.0', '3.0.0', true],
  ])('trusts that %s has not retried for minutes in silence: %s', (_, version, again) => {
    expect(planRetry(given([claude(version), failure(529)])) !== null).toBe(again);
  });

  it('leaves an API alone that asked for more patience than claude has', () => {
    const rejected = failure(429, 'API Error: Request rejected (429) · Slow');
    expect(planRetry(given([claude('2.1.197'), rejected]))).toBeNull();
    expect(planRetry(given([apiRetry(), rerun(1), claude('2.1.197'), rejected], { reruns: 1 }))).toBeNull();
    expect(planRetry(given([claude('2.1.197'), apiRetry({ error_status: 429 }), rejected]))).not.toBeNull();
  });

  it.each<[RecordingName, boolean]>([
    ['e529x3', true],
    ['e529x3-2.1.329', true],
    ['malformed-maxretries1', true],
    ['e529-maxretries0', true],
    ['e429-forever', false],
    ['connrefused', false],
    ['e429-forever-1.0.128', false],
    ['oauth-429-unified', false],
    ['e401', false],
    ['ebilling', false],
    ['plain', false],
  ])('decides on the recording %s: %s', async (name, again) => {
    const whole = await evidenceOf(name);
    const plan = planRetry({ ...given([]), outcome: classify(whole), facts: whole.facts });
    expect(plan !== null).toBe(again);
  });
});

describe('isHopeless', () => {
  const retry = (attempt: number, status: number | null, delay = 500): MessageOf<'system', 'api_retry'> => ({
    type: 'system',
    subtype: 'api_retry',
    attempt,
    max_retries: 10,
    retry_delay_ms: delay,
    error_status: status,
    error: 'unknown',
  });

  it.each([
    ['a refused key, once: a login may be renewed', retry(1, 401), false],
    ['a refused key, twice', retry(2, 401), true],
    ['a forbidden one, twice', retry(2, 403), true],
    ['an overload', retry(9, 529), false],
    ['an API that is not reached', retry(9, null), false],
    ['a wait as long as is allowed', retry(1, 429, 5_000), false],
    ['a longer one', retry(1, 429, 5_000.5), true],
  ])('of %s: %s', (_, message, hopeless) => {
    expect(isHopeless(message, { ...LIMITS, retries: 10, maxWaitMs: 5_000 }, Number.POSITIVE_INFINITY)).toBe(hopeless);
  });

  it('of a wait that ends after the time limit', () => {
    expect(isHopeless(retry(1, 529, 999), LIMITS, 1_000)).toBe(false);
    expect(isHopeless(retry(1, 529, 1_000), LIMITS, 1_000)).toBe(true);
  });
});
