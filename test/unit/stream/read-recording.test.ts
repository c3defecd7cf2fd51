import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/outcome/report-schema.ts';
import { isUnknown, type Message, type RunEvent } from '../../../src/messages/types.ts';
import { replay } from '../../../src/replay.ts';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { collectBundle } from '../../../src/sinks/formats/bundle.ts';
import { createRecordingSink } from '../../../src/sinks/formats/ndjson.ts';
import type { Ending, Sink } from '../../../src/sinks/sink.ts';
import { isRecorded, readRecording } from '../../../src/stream/read-recording.ts';
import { splitLines } from '../../../src/stream/split-lines.ts';
import { collect, from } from '../../support/collect.ts';
import { CLASSES } from '../../fixtures/recordings/classes.ts';
import { type RecordingName, streamOf } from '../../support/recordings.ts';
import { createDraw } from '../secrets/random-secrets.ts';
import { event, message } from './messages.ts';

const SECRET = `ghp_${createDraw(41)(36)}`;
const unknownEnding = {
  exit: null,
  stderr: '',
  stoppedBy: null,
  fault: null,
  asked: { schema: false, failOn: [] },
  endedAt: 0,
} as const;
const aRun = { runId: 'r', startedAt: '2026-11-21T09:00:00.000Z', executionTime: 0, path: null };

/** Sends bytes through a replay; what the sinks were told. */
async function replayed(...chunks: readonly string[]): Promise<{ events: RunEvent[]; ending: Ending }> {
  const events: RunEvent[] = [];
  const sink: Sink = { write: (one) => void events.push(one), close() {} };
  const ending = await replay(from(chunks.map((chunk) => Buffer.from(chunk))), {}, [sink], { env: {} });
  return { events, ending };
}

/** A recording made of what claude printed once. */
async function recordingOf(name: RecordingName): Promise<{ text: string; ending: Ending }> {
  let text = '';
  const sink = createRecordingSink({ write: (piece) => void (text += piece) });
  const ending = await replay(from([streamOf(name)]), {}, [sink], { env: {} });
  return { text, ending };
}

const recorded = (given: Message, sequence = 1): string => `${JSON.stringify(event(given, sequence))}\n`;

const answer = message('assistant', {
  message: { id: 'm1', model: 'claude-opus-4-8', content: [{ type: 'text', text: 'Half an ans' }] },
  session_id: 's1',
});

const system = (subtype: string, fields: object): Message =>
  message('system', { subtype, session_id: 's1', ...fields });
const result = (fields: object): Message =>
  message('result', { subtype: 'success', is_error: false, num_turns: 1, session_id: 's1', ...fields });

/** A run that failed, was started again and went well. */
const retried: readonly Message[] = [
  system('init', { cwd: '/workspace', model: 'm', tools: [], permissionMode: 'default' }),
  system('api_retry', { attempt: 1, max_retries: 10, retry_delay_ms: 517.2, error_status: 529, error: 'overloaded' }),
  result({ is_error: true, result: 'API Error: API returned an empty or malformed response', total_cost_usd: 0.25 }),
  {
    type: 'sluice',
    subtype: 'notice',
    code: 'retry',
    text: 'the run starts again',
    retry: { by: 'sluice', attempt: 1, maxRetries: 10, delayMs: 1100, status: null, error: 'api_error' },
  },
  result({ result: 'All is well.', total_cost_usd: 0.5 }),
];

describe('isRecorded', () => {
  it.each([
    [JSON.stringify(event(message('keep_alive'))), true],
    ['{"type":"keep_alive"}', false],
    ['{"type":"x","sequence":1,"message":{"type":"y"}}', false],
    ['{"sequence":"1","message":{"type":"y"}}', false],
    ['{"sequence":1,"message":{}}', false],
    ['{"sequence":1,"message":"text"}', false],
    ['[1]', false],
    ['null', false],
    ['{"sequence":1,', false],
    [`\uFEFF${JSON.stringify(event(message('keep_alive')))}`, true],
  ])('%s: %s', (text, expected) => {
    expect(isRecorded({ text, terminated: true })).toBe(expected);
  });
});

describe('a replay of a recording', () => {
  const names: readonly RecordingName[] = ['tools2', 'denied', 'maxturns', 'partial', 'bash-bg', 'sigint-bash', 'task'];

  it.each(names)('of %s gives the events, the outcome and the report of the run', async (name) => {
    const { text, ending } = await recordingOf(name);
    const again = await replayed(text);
    expect(again.ending).toEqual({ ...ending, clipped: again.ending.clipped });
    const first = await replayed(streamOf(name).toString());
    const withoutTimes = (events: readonly RunEvent[]) => events.map((one) => ({ ...one, timestamp: '' }));
    expect(withoutTimes(again.events)).toEqual(withoutTimes(first.events));
  });

  it('gives the same bundle as the run itself', async () => {
    const { text, ending } = await recordingOf('tools2');
    const { events } = await replayed(text);
    const collector = collectBundle({ maxMessages: 3 });
    for (const one of events) collector.see(one);
    const { messages, truncation, outcome } = collector.bundle(ending);
    expect(messages.map((one) => one.sequence)).toEqual(events.slice(-3).map((one) => one.sequence));
    expect(truncation).toMatchObject({ total: events.length, returned: 3 });
    expect(outcome.class).toBe('success');
  });

  it('keeps numbers, times, counts and unknown messages', async () => {
    const given = { ...event(message('hologram', { text: 'x' }), 7), redactions: 3, sessionId: 's9' };
    const { events } = await replayed(`${JSON.stringify(given)}\n`);
    expect(events).toEqual([given]);
    expect(events[0] && isUnknown(events[0].message)).toBe(true);
  });

  it('shows our own warnings again, and counts them', async () => {
    const torn: Message = { type: 'sluice', subtype: 'warning', code: 'torn_line', text: 't', line: '{"ty' };
    const { events, ending } = await replayed(recorded(answer), recorded(torn, 2));
    expect(events[1]?.message).toEqual(torn);
    expect(ending).toMatchObject({ class: 'truncated', evidence: { tornTail: true } });
  });

  it('gives the report of a run that was started again, from its ending or from its events', async () => {
    const [retry, ...rest] = retried.map((one, index) => event(one, index + 1));
    const text = [retry, ...rest].map((one) => `${JSON.stringify(one)}\n`).join('');
    let recording = '';
    const sink = createRecordingSink({ write: (piece) => void (recording += piece) });
    const first = await replay(from([Buffer.from(text)]), {}, [sink], { env: {} });
    expect(first).toMatchObject({ class: 'success', report: { numTurns: 2, totalCostUsd: 0.75 } });
    expect(first.report.attempts.map(({ by, error }) => [by, error])).toEqual([
      ['claude', 'overloaded'],
      ['sluice', 'api_error'],
    ]);
    expect((await replayed(recording)).ending).toEqual({ ...first, clipped: expect.anything() });
    const withoutEnding = recording.trim().split('\n').slice(0, -1).join('\n');
    const { runId: _, ...report } = first.report;
    expect((await replayed(`${withoutEnding}\n`)).ending.report).toMatchObject(report);
  });

  it('does not take for ours what has no shape of ours', async () => {
    const odd = { ...event(message('x')), message: { ...retried[3], retry: { by: 'sluice', attempt: 'first' } } };
    const { events, ending } = await replayed(`${JSON.stringify(odd)}\n`);
    expect(events[0] && isUnknown(events[0].message)).toBe(true);
    expect(ending.report.attempts).toEqual([]);
  });

  it("takes retries of recordings that do not say whose they were for claude's", async () => {
    const { text } = await recordingOf('e529-once');
    expect(text).toContain('"by":"claude",');
    const { ending } = await replayed(text.replaceAll('"by":"claude",', ''));
    expect(ending.report.attempts).toMatchObject([{ by: 'claude', attempt: 1, status: 529 }]);
  });

  it('decides from the events where the ending is missing, as after SIGKILL', async () => {
    const { ending } = await replayed(recorded(answer));
    expect(ending.class).toBe('crashed');
    expect(ending.report).toMatchObject({
      sessionId: 's1',
      partial: true,
      startedAt: '2026-11-21T05:30:00.000Z',
      result: { success: false, summary: 'Half an ans' },
    });
  });

  it('ends a recording without times', async () => {
    const rest = { ...event(answer), timestamp: undefined };
    let text = '';
    const sink = createRecordingSink({ write: (piece) => void (text += piece) });
    const ending = await replay(from([Buffer.from(`${JSON.stringify(rest)}\n`)]), {}, [sink], { env: {} });
    expect(ending.class).toBe('crashed');
    expect(ending.warnings).toEqual([]);
    expect(text.trim().split('\n')).toHaveLength(2);
  });

  it.each([
    ['torn at its end', `${recorded(answer)}{"sequence":2,"mess`, true],
    ['damaged in its middle', `${recorded(answer)}{"sequence":\n${recorded(message('keep_alive'), 3)}`, false],
  ])('tells of a recording that is %s', async (_, text, tornTail) => {
    const { events, ending } = await replayed(text);
    expect(events.map((one) => one.message.type)).toContain('sluice');
    expect(ending.evidence.tornTail).toBe(tornTail);
  });

  it('reads events that are not alone on their lines', async () => {
    const { text, ending } = await recordingOf('tools2');
    const lines = text.trimEnd().split('\n');
    const glued = `\uFEFF${lines[0]}${lines[1]}\n\u001B[0m${lines.slice(2).join('\n')}\n`;
    const { events, ending: again } = await replayed(glued);
    expect(events.map((one) => one.message)).toEqual((await replayed(text)).events.map((one) => one.message));
    expect(again.warnings).toEqual(ending.warnings);
    const torn = await replayed(`${lines[0]}{"sequence":2,"mess\n${lines.slice(2).join('\n')}\n`);
    expect(torn.events[0]?.message).toEqual(events[0]?.message);
    expect(torn.events[1]?.message).toMatchObject({ type: 'sluice', subtype: 'warning', line: '{"sequence":2,"mess' });
  });

  it('masks secrets once more, in events and in the report', async () => {
    const { text } = await recordingOf('plain');
    const planted = text.replaceAll('Hello', `${SECRET} Hello`);
    expect(planted).not.toBe(text);
    const { events, ending } = await replayed(planted);
    expect(JSON.stringify([events, ending])).not.toContain(SECRET);
    expect(ending.report.result.summary).toContain('[REDACTED:github-token#1]');
  });

  it("takes no message of claude's for the ending", async () => {
    const { text } = await recordingOf('plain');
    const { message: ending } = JSON.parse(text.trim().split('\n').at(-1) ?? '');
    let recording = '';
    const sink = createRecordingSink({ write: (piece) => void (recording += piece) });
    await replay(from([Buffer.from(`${JSON.stringify(ending)}\n`)]), {}, [sink], { env: {} });
    const { events, ending: again } = await replayed(recording);
    expect(events).toMatchObject([{ message: { type: 'sluice', code: 'not_a_message' } }]);
    expect(again.report.result.success).toBe(false);
  });
});

describe('readRecording', () => {
  it('leaves out nothing but the ending', async () => {
    const { text } = await recordingOf('plain');
    const reader = readRecording(splitLines(from([Buffer.from(text)])), createRedactor({ env: {} }));
    const events = (await collect(reader.events())).flat();
    expect(events).toHaveLength(text.trim().split('\n').length - 1);
    const report: Report = reader.conclude(unknownEnding, aRun).report;
    expect(report.outcome.class).toBe('success');
    expect(report.runId).not.toBe(aRun.runId);
  });
});

describe('a replay of what claude printed', () => {
  it.each(['plain', 'e429-forever', 'maxturns', 'json-format', 'json-format-verbose'] as const)(
    'of %s gives its class from the stream alone',
    async (name) => {
      const { ending } = await replayed(streamOf(name).toString());
      expect(ending.class).toBe(CLASSES[name]);
      expect(ending.report.claude.exit).toEqual({ code: null, signal: null });
    },
  );

  it('of nothing is a mistake, and has no events', async () => {
    const { events, ending } = await replayed();
    expect(events).toEqual([]);
    expect(ending.class).toBe('usage');
  });

  it('takes the schema that was asked for into account', async () => {
    const chunks = from([streamOf('structured-never')]);
    expect((await replay(chunks, { jsonSchema: '{}' }, [], { env: {} })).class).toBe('schema_unmet');
  });

  it('clips for sinks and not for a recording', async () => {
    const shown: RunEvent[] = [];
    let recording = '';
    const ending = await replay(from([streamOf('bigread')]), { maxChars: 1000 }, [
      { write: (one) => void shown.push(one), close() {} },
      createRecordingSink({ write: (piece) => void (recording += piece) }),
    ]);
    expect(shown.some((one) => one.truncated)).toBe(true);
    expect(ending.clipped.strings).toBeGreaterThan(0);
    expect(recording).not.toContain('clipped by sluice');
    expect(recording.length).toBeGreaterThan(100_000);
  });

  it('closes its sinks when the bytes cannot be read, and says why', async () => {
    let closed = 0;
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{"type":"keep_alive"}\n');
      throw new Error('EIO');
    }
    const sink: Sink = { write() {}, close: () => void closed++ };
    await replay(broken(), {}, [sink], { env: {} }).catch(() => {});
    expect(closed).toBe(1);
  });
});
