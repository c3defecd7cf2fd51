import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../src/demo/conversation.ts';
import type { MessagesApi } from '../../../src/demo/messages-api.ts';
import { apiError, inTurn, page, type Reply, type Script, toolUse, turn } from '../../../src/demo/script.ts';
import { since } from '../../support/claude.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { livingThrough } from '../../support/known-claude.ts';
import { plain, rateLimitedForAnHour } from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

const overload = apiError(529, 'Overloaded');
const halfAnEvent = page('event: message_start\ndata: {"type":"message_start","mess\n\n', 'text/event-stream');
const answered = { result: { success: true, summary: 'Hello from the stub.' } };

/** Whether claude says that it tries again; what does not is never started twice. */
const tellsRetries = since('2.1.0');

/** Fails a request as often as told each time that the conversation reaches a new state, then goes on. */
function failingFirst(times: number, failure: Reply, next: Script): Script {
  return (conversation) => (conversation.attempt <= times ? failure : next(conversation));
}

/** Fails so many requests of the conversation, whichever claude sends them. */
function failing(times: number, failure: Reply, next: Script = plain): Script {
  let asked = 0;
  return (conversation) => (++asked <= times ? failure : next(conversation));
}

/** An API that asks for some patience, for ever. */
function busy(seconds: number): Script {
  return () => apiError(429, 'Slow down.', { 'retry-after': String(seconds) });
}

/** The requests of the conversation itself, which alone has tools to offer. */
function conversation(api: MessagesApi): readonly Conversation[] {
  return api.requests.flatMap(({ conversation }) => (conversation?.tools.length ? [conversation] : []));
}

async function timed<Value>(work: Promise<Value>): Promise<readonly [Value, number]> {
  const start = performance.now();
  return [await work, performance.now() - start];
}

describe.runIf(tellsRetries)('a run that failed before it did anything', () => {
  it('is started again when claude gives up an overloaded API early, and after a reply that was none; both kinds of retries are told, and a wait that the API asked for; its events are one row, and its recording tells the same', async () => {
    const slow = apiError(429, 'Slow down.', { 'retry-after': '2' });
    const api = await stub(failing(1, slow, failing(3, overload, failing(2, halfAnEvent))));
    const run = await sluice(['--ndjson', '--record', 'run.ndjson', '--bundle', 'b.json', 'hi'], { api });
    expect(run.exitCode).toBe(0);
    const bundle = run.bundleFile('b.json');
    expect(bundle).toMatchObject({
      ...answered,
      outcome: { class: 'success', exitCode: 0, warnings: [] },
      attempts: [
        { by: 'claude', attempt: 1, maxRetries: 10, status: 429 },
        { by: 'claude', attempt: 2, maxRetries: 10, status: 529, error: 'overloaded' },
        { by: 'claude', attempt: 3, maxRetries: 10, status: 529, error: 'overloaded' },
        { by: 'sluice', attempt: 1, maxRetries: 10, status: 529, error: 'overloaded' },
        { by: 'sluice', attempt: 2, maxRetries: 10, status: null, error: 'api_error' },
      ],
    });
    expect(bundle.attempts[0]?.delayMs).toBeGreaterThanOrEqual(2_000);
    expect(bundle.executionTime).toBeGreaterThan(2_000);
    expect(run.stderr).toMatch(
      /^sluice: the API answered 429; .+\nsluice: overloaded \(529\), .+ again in .+\nsluice: .+ again in .+\n$/,
    );
    expect(conversation(api)).toHaveLength(7);
    const events = run.events();
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    const starts = events.filter(({ message }) => message['subtype'] === 'init');
    expect(new Set(starts.map(({ sessionId }) => sessionId)).size).toBe(3);
    expect(events.filter(({ message }) => message['code'] === 'retry')).toMatchObject([
      { message: { retry: { by: 'sluice', attempt: 1, status: 529, error: 'overloaded' } } },
      { message: { retry: { by: 'sluice', attempt: 2, status: null, error: 'api_error' } } },
    ]);
    expect(bundle.sessionId).toBe(starts.at(-1)?.sessionId);
    const { outcome, attempts, usage, result } = (
      await sluiceHere(['replay', 'run.ndjson', '--json'], { home: run.home })
    ).bundle();
    expect({ outcome, attempts, usage, result }).toEqual({
      outcome: bundle.outcome,
      attempts: bundle.attempts,
      usage: bundle.usage,
      result: bundle.result,
    });
  });
});

describe('a run that used a tool', () => {
  const counting = (word: string) => [toolUse('Bash', { command: `echo ${word} >> tool-runs`, description: 'Count' })];
  const flags = ['--json', '--allowed-tools=Bash'];

  it("outlasts overloads by claude's own retries, and is never started again", async () => {
    const overloaded = failingFirst(2, overload, () => turn(counting('y')));
    const api = await stub(inTurn(counting('x'), overloaded, halfAnEvent));
    const run = await sluice([...flags, '--model', 'sonnet', 'hi'], { api });
    const { outcome, attempts } = run.bundle();
    expect(outcome.class).toBe(tellsRetries ? 'api_error' : 'failed');
    expect(run.file('tool-runs')).toBe('x\ny\n');
    const own = attempts.filter(({ error }) => error === 'overloaded');
    expect(own.map(({ by }) => by)).toEqual(tellsRetries ? ['claude', 'claude'] : []);
    expect(attempts.filter(({ by }) => by === 'sluice')).toEqual([]);
    expect(conversation(api).filter(({ turns }) => turns === 0)).toHaveLength(1);
  });
});

describe.runIf(tellsRetries)('an API that asks to wait', () => {
  it('longer than --retry-max-wait allows ends the run at once, and says for how long', async () => {
    const [run, elapsed] = await timed(
      sluice(['--json', '--retry-max-wait', '1s', 'hi'], { api: await stub(busy(30)) }),
    );
    expect(elapsed).toBeLessThan(30_000);
    const { outcome, attempts, sessionId } = run.bundle();
    expect(outcome).toMatchObject({
      class: 'rate_limited',
      exitCode: 75,
      retryable: true,
      message: expect.stringContaining('--retry-max-wait'),
      evidence: { stoppedBy: 'hopeless' },
    });
    expect(outcome.retryAfter).toBeGreaterThanOrEqual(30);
    expect(outcome.retryAfter).toBeLessThan(40);
    expect(attempts).toMatchObject([{ by: 'claude', attempt: 1, status: 429 }]);
    expect(sessionId).toMatch(/^[\w-]+$/);
  });

  it('for an hour is left alone: claude does not say for how long, and nobody asks again', async () => {
    const run = await sluiceHere(['--json', 'hi'], await livingThrough(rateLimitedForAnHour, 'e429-hour'));
    const message = expect.stringMatching(/how long to wait is not told$/);
    expect(run.bundle()).toMatchObject({ outcome: { class: 'rate_limited', exitCode: 75, message }, attempts: [] });
    expect(run.bundle().outcome).not.toHaveProperty('retryAfter');
  });
});
