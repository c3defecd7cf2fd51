import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RunEvent } from '../../../../src/messages/types.ts';
import { BATCH_BYTES } from '../../../../src/servers/mcp/progress/notification-queue.ts';
import type { McpFace } from '../../../../src/servers/mcp/face.ts';
import { Refusal } from '../../../../src/servers/refusal.ts';
import { rounds } from '../../../support/rounds.ts';
import { assistant, init, result, toolResult, toolUse, user } from '../../outcome/evidence.ts';
import { endingOf } from '../../sinks/endings.ts';
import { event, message } from '../../stream/messages.ts';
import { answerOf, CONVERSATION, eventsOf, faceOf, queriesOf, tells, type Asked } from './faces.ts';
import { ERAS, type Era, type Fields, type Gate, openClient, openWire, type Wire } from './wire.ts';

const PROGRESS = 'notifications/progress';
const CALL = { name: 'claude_query', arguments: { prompt: 'why?' } };
const call = (progressToken?: string | number): Fields =>
  progressToken === undefined ? CALL : { ...CALL, _meta: { progressToken } };

/** Timers are moved by the test; everything else goes on. */
function holdTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
}

const pass = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

/** A wire to a server whose one query is in the hands of the test. */
async function openQuery(
  era: Era,
  { token = 'p', gate, ...options }: Partial<McpFace> & { token?: string | number | null; gate?: Gate } = {},
): Promise<Wire & { readonly asked: Asked; finish(): void; readonly id: number }> {
  let asked: Asked | undefined;
  let finish = (): void => {};
  const face = faceOf(
    queriesOf((given) => {
      asked = given;
      return new Promise((resolve) => {
        finish = () => resolve(answerOf());
      });
    }),
    options,
  );
  const wire = await openWire(face, era, gate);
  const id = wire.send('tools/call', call(token ?? undefined));
  await vi.waitUntil(() => asked !== undefined);
  return { ...wire, asked: asked!, finish: () => finish(), id };
}

const numbersIn = (progress: readonly Fields[]): number[] =>
  progress.flatMap(({ _meta }) => (_meta?.['sluice/events'] ?? []).map((told: Fields) => told.sequence));

const small = (sequence: number): RunEvent => event(message('keep_alive', {}), sequence);
const large = (sequence: number, bytes: number): RunEvent =>
  event(message('keep_alive', { text: 'x'.repeat(bytes) }), sequence);

describe.each(ERAS)('progress, %s', (era) => {
  it('is told at once, with every message in its order, before the result', async () => {
    const wire = await openWire(faceOf(queriesOf(tells(CONVERSATION))), era);
    await wire.request('tools/call', call('p'));
    const progress = wire.told(PROGRESS);
    expect(progress.map(({ message }) => message)).toEqual(['starting', 'All is well.']);
    expect(progress.map(({ progress }) => progress)).toEqual([1, 2]);
    expect(progress.every(({ progressToken, total }) => progressToken === 'p' && total === undefined)).toBe(true);
    expect(progress[0]).not.toHaveProperty('_meta');
    const told = CONVERSATION.map(({ sessionId, message, timestamp, sequence }) => ({
      type: 'claude_code_message',
      sessionId,
      message,
      timestamp,
      sequence,
    }));
    expect(progress[1]?._meta).toEqual({ 'sluice/events': told });
    expect(wire.received.at(-1)).toHaveProperty('result');
  });

  it('reaches onprogress of an SDK client, messages and all', async () => {
    const client = await openClient(faceOf(queriesOf(tells(CONVERSATION))), era);
    const seen: Fields[] = [];
    await client.callTool(CALL, { onprogress: (progress) => seen.push(progress) });
    expect(numbersIn(seen)).toEqual([1, 2, 3]);
  });

  it('takes 0 for a token, and is not told to who gave none', async () => {
    const wire = await openWire(faceOf(queriesOf(tells(CONVERSATION))), era);
    await wire.request('tools/call', call(0));
    expect(wire.told(PROGRESS).map(({ progressToken }) => progressToken)).toEqual([0, 0]);
    await wire.request('tools/call', call());
    expect(wire.told(PROGRESS).length).toBe(2);
  });

  it('says who is ahead while the query waits', async () => {
    holdTime();
    const { asked, told } = await openQuery(era);
    const { follower } = asked;
    follower.queued?.(3);
    await pass(100);
    follower.queued?.(2);
    follower.queued?.(1);
    await pass(10_100);
    follower.started?.('r');
    await pass(200);
    expect(told(PROGRESS).map(({ message }) => message)).toEqual([
      'queued · 3 ahead',
      'queued · 1 ahead',
      'queued · 1 ahead · 10 s',
      'starting',
    ]);
  });

  it('has a heartbeat that says how long and which turn', async () => {
    holdTime();
    const { asked, told } = await openQuery(era);
    const { follower } = asked;
    follower.started?.('r');
    await pass(10_000);
    for (const event of eventsOf([assistant('One.'), assistant('One more.'), assistant('Two.', {}, { id: 'm2' })])) {
      await follower.sink?.write(event);
    }
    await pass(25_000);
    expect(told(PROGRESS).map(({ message }) => message)).toEqual([
      'starting',
      'still running · 10 s',
      'Two.',
      'still running · 20 s · turn 2',
      'still running · 30 s · turn 2',
    ]);
  });

  it('is told five times a second at most, and loses nothing', async () => {
    holdTime();
    const { asked, told, received, finish } = await openQuery(era);
    asked.follower.started?.('r');
    const times: number[] = [];
    let seen = 0;
    for (let sequence = 1; sequence <= 300; sequence++) {
      await asked.follower.sink?.write(small(sequence));
      await pass(10);
      if (told(PROGRESS).length > seen) times.push(performance.now());
      seen = told(PROGRESS).length;
    }
    finish();
    await pass(200);
    expect(times.every((time, index) => index === 0 || time - (times[index - 1] ?? 0) >= 190)).toBe(true);
    expect(seen).toBeLessThanOrEqual(16);
    expect(numbersIn(told(PROGRESS))).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
    await pass(60_000);
    expect(received.at(-1)).toHaveProperty('result');
  });

  it('is not told after an abort, and nothing else is', async () => {
    holdTime();
    const { asked, received, id, notify, finish } = await openQuery(era);
    asked.follower.started?.('r');
    await asked.follower.sink?.write(small(1));
    notify('notifications/cancelled', { requestId: id });
    await pass(1);
    const count = received.length;
    await asked.follower.sink?.write(small(2));
    finish();
    await pass(60_000);
    expect(received.length).toBe(count);
  });

  it('is not told when a query is refused at once', async () => {
    const refused = queriesOf(() => Promise.reject(new Refusal('validation_error', 'prompt: it is missing')));
    const wire = await openWire(faceOf(refused), era);
    await wire.request('tools/call', call('p'));
    expect(wire.told(PROGRESS)).toEqual([]);
  });

  it('is one safe line, whatever a tool printed', async () => {
    const wire = await openWire(
      faceOf(
        queriesOf(
          tells(
            eventsOf([
              assistant([
                {
                  type: 'tool_use',
                  id: 't',
                  name: 'Bash',
                  input: { command: `echo \u001B[31m\n##[error] ${'x'.repeat(900)}` },
                },
              ]),
            ]),
          ),
        ),
      ),
      era,
    );
    await wire.request('tools/call', call('p'));
    const { message } = wire.told(PROGRESS).at(-1)!;
    expect(message).toMatch(/^● Bash echo ␛\[31m ↵ ##·\[error\] x+…$/);
    expect(message.length).toBeLessThanOrEqual(201);
  });

  it('sends each message by itself as well when the operator wants that, token or not', async () => {
    const wire = await openWire(faceOf(queriesOf(tells(CONVERSATION)), { messageNotifications: true }), era);
    await wire.request('tools/call', call('p'));
    const [, { _meta }] = wire.told(PROGRESS) as [Fields, Fields];
    expect(wire.told('claude-code/messages')).toEqual(_meta['sluice/events']);
    await wire.request('tools/call', call());
    expect(wire.told('claude-code/messages').length).toBe(6);
    expect(wire.told(PROGRESS).length).toBe(2);
  });
});

describe.each(ERAS)('log messages, %s', (era) => {
  const events = eventsOf([
    init(),
    assistant([toolUse('t', 'Read')]),
    user([toolResult('t')]),
    { type: 'sluice', subtype: 'warning', code: 'not_json', text: 'a line is no JSON' },
    assistant('All is well.'),
    result(),
  ]);

  async function logsAt(level: string | null): Promise<readonly Fields[]> {
    const ending = endingOf([init()], { exit: { code: 1, signal: null } });
    const wire = await openWire(faceOf(queriesOf(tells(events, ending))), era);
    const meta = era === 'modern' && level !== null ? { _meta: { 'io.modelcontextprotocol/logLevel': level } } : {};
    if (era === 'legacy' && level !== null) await wire.request('logging/setLevel', { level });
    await wire.request('tools/call', { ...CALL, ...meta });
    expect(wire.told(PROGRESS)).toEqual([]);
    return wire.told('notifications/message');
  }

  it('are for those who ask for a level, and tell what is as severe', async () => {
    expect(await logsAt(null)).toEqual([]);
    expect(await logsAt('warning')).toEqual([
      { level: 'warning', logger: 'sluice', data: '⚠ a line is no JSON' },
      { level: 'error', logger: 'sluice', data: expect.stringContaining('claude') },
    ]);
    expect((await logsAt('info')).map(({ level }) => level)).toEqual(['info', 'warning', 'error']);
    expect((await logsAt('debug')).length).toBe(6);
  });
});

describe('a client that is slow', () => {
  it('is given a batch of a MiB at most, and holds the run up rather than filling memory', async () => {
    holdTime();
    let open = (): void => {};
    const gates: Promise<void>[] = [];
    const gate: Gate = ({ method }) => {
      if (method !== PROGRESS) return undefined;
      const wait = new Promise<void>((resolve) => (open = resolve));
      gates.push(wait);
      return wait;
    };
    const { asked, told, finish } = await openQuery('modern', { gate });
    asked.follower.started?.('r');
    const quarter = BATCH_BYTES / 4;
    const waits = [1, 2, 3, 4].map((sequence) => asked.follower.sink?.write(large(sequence, quarter)));
    expect(waits.map((wait) => wait !== undefined)).toEqual([false, false, false, true]);
    await pass(1_000);
    expect(told(PROGRESS)).toEqual([]);
    for (let count = 0; count < 4; count++) {
      open();
      await pass(200);
    }
    await waits[3];
    finish();
    await pass(400);
    expect(numbersIn(told(PROGRESS))).toEqual([1, 2, 3, 4]);
    for (const { _meta } of told(PROGRESS)) {
      expect(JSON.stringify(_meta ?? {}).length).toBeLessThan(BATCH_BYTES + 1_000);
    }
  });

  it('gets a message that is larger than a batch clipped, and is told so', async () => {
    const parts = Array.from({ length: 100_000 }, (_, index) => [index, 'a string']);
    const events = [
      large(1, 3 * BATCH_BYTES),
      event(message('user', { message: { role: 'user', content: [{ type: 'tool_result', parts }] } }), 2),
      small(3),
    ];
    const wire = await openWire(faceOf(queriesOf(tells(events))), 'modern');
    await wire.request('tools/call', call('p'));
    const told: Fields[] = wire.told(PROGRESS).flatMap(({ _meta }) => _meta?.['sluice/events'] ?? []);
    expect(told.map(({ sequence, clipped }) => ({ sequence, clipped }))).toEqual([
      { sequence: 1, clipped: true },
      { sequence: 2, clipped: true },
      { sequence: 3, clipped: undefined },
    ]);
    expect(told[0]?.message.text).toContain('characters clipped by sluice');
    expect(JSON.parse(JSON.stringify(told[1].message))).toEqual({
      type: 'user',
      left_out: expect.stringMatching(/^user of \d+ characters, too large to be sent$/),
    });
  });

  it('is given up when it takes nothing for long, and the result is returned all the same', async () => {
    holdTime();
    const onFault = vi.fn<(fault: unknown) => void>();
    const gate: Gate = ({ method }) => (method === PROGRESS ? new Promise(() => {}) : undefined);
    const { asked, received, finish } = await openQuery('modern', { gate, onFault });
    asked.follower.started?.('r');
    for (let sequence = 1; sequence <= 20; sequence++) await asked.follower.sink?.write(small(sequence));
    finish();
    await pass(29_000);
    expect(received.some((message) => 'result' in message)).toBe(false);
    await pass(2_000);
    expect(received.at(-1)).toHaveProperty('result.structuredContent.result.success', true);
    expect(onFault.mock.calls).toEqual([
      [expect.objectContaining({ message: expect.stringMatching(/took nothing for 30 s: 20 events/) })],
    ]);
    expect(() => asked.follower.sink?.write(small(21))).toThrow('took nothing');
  });

  it('is waited for where the connection says that it takes no more', async () => {
    holdTime();
    let open = (): void => {};
    const room = new Promise<void>((resolve) => (open = resolve));
    let isFull = true;
    const { asked, told, received, finish } = await openQuery('modern', { drained: () => (isFull ? room : undefined) });
    asked.follower.started?.('r');
    await asked.follower.sink?.write(small(1));
    await pass(20_000);
    expect(told(PROGRESS)).toEqual([]);
    isFull = false;
    open();
    await pass(200);
    finish();
    await pass(200);
    expect(received.at(-1)).toHaveProperty('result');
    expect(numbersIn(told(PROGRESS))).toEqual([1]);
  });
});

describe('bursts of messages', () => {
  it('lose nothing, keep their order and respect rate and size, whatever they are', async () => {
    const sizes = fc.oneof(fc.nat(2_000), fc.nat(400_000));
    const burst = fc.record({ sizes: fc.array(sizes, { maxLength: 12 }), pause: fc.nat(700) });
    await fc.assert(
      fc.asyncProperty(fc.array(burst, { minLength: 1, maxLength: 8 }), async (bursts) => {
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
        try {
          const times: number[] = [];
          const gate: Gate = ({ method }) => void (method === PROGRESS && times.push(performance.now()));
          const { asked, told, finish, received } = await openQuery('modern', { gate });
          asked.follower.started?.('r');
          let sequence = 0;
          for (const { sizes, pause } of bursts) {
            for (const size of sizes) {
              const wait = asked.follower.sink?.write(large(++sequence, size));
              if (wait !== undefined) await Promise.all([wait, pass(200)]);
            }
            await pass(pause);
          }
          finish();
          await pass(1_000);
          const progress = told(PROGRESS);
          expect(numbersIn(progress)).toEqual(Array.from({ length: sequence }, (_, index) => index + 1));
          expect(progress.map(({ progress }) => progress)).toEqual(progress.map((_, index) => index + 1));
          expect(times.every((time, index) => index < 5 || time - (times[index - 5] ?? 0) >= 1_000)).toBe(true);
          for (const { _meta } of progress)
            expect(JSON.stringify(_meta ?? {}).length).toBeLessThan(BATCH_BYTES + 1_000);
          expect(received.at(-1)).toHaveProperty('result');
        } finally {
          vi.useRealTimers();
        }
      }),
      { numRuns: rounds(15) },
    );
  });
});
