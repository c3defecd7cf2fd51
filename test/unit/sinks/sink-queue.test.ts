import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { isUnknown, type RunEvent } from '../../../src/messages/types.ts';
import { MEMORY_BOUND } from '../../../src/sinks/backlog/backlog.ts';
import { createSinkQueue, type SinkQueue, type SinkQueueOptions } from '../../../src/sinks/backlog/sink-queue.ts';
import type { Sink } from '../../../src/sinks/sink.ts';
import type { OpenSpillFile } from '../../../src/sinks/backlog/spill.ts';
import { rounds } from '../../support/rounds.ts';
import { event, message } from '../stream/messages.ts';
import { success, systemError } from './endings.ts';
import { gatedSink } from './gated-sink.ts';
import { memoryFile } from './spill-files.ts';

const LARGE = 'x'.repeat(64 * 1024);
/** How many large events memory holds. */
const IN_MEMORY = Math.ceil(MEMORY_BOUND / LARGE.length);

const large = (sequence: number): RunEvent => event(message('keep_alive', { text: LARGE }), sequence);
const numbers = (events: readonly RunEvent[]): number[] => events.map(({ sequence }) => sequence);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

function queueTo(sink: Sink, options: Partial<SinkQueueOptions> = {}): SinkQueue {
  return createSinkQueue(sink, { onFailure: () => {}, bounded: (wait) => wait, ...options });
}

/** Lets time pass at once: nothing here takes as long as it says. */
function hastenTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}

async function settled(promise: Promise<void>): Promise<void> {
  const state = { isPending: true };
  const end = promise.finally(() => (state.isPending = false));
  while (state.isPending) {
    await vi.advanceTimersByTimeAsync(50);
    await new Promise(setImmediate);
  }
  return end;
}

async function writeAll(queue: SinkQueue, events: readonly RunEvent[]): Promise<void> {
  for (const event of events) await queue.write(event);
}

describe('a queue', () => {
  it('gives events to a sink that takes them at once, and touches no disk', async () => {
    const openSpill = vi.fn<OpenSpillFile>(() => memoryFile());
    const taken: RunEvent[] = [];
    const queue = queueTo({ write: (event) => void taken.push(event), close() {} }, { openSpill });
    for (const number of upTo(200)) expect(queue.write(large(number))).toBeUndefined();
    expect(numbers(taken)).toEqual(upTo(200));
    await queue.close(success);
    expect(openSpill).not.toHaveBeenCalled();
  });

  it('keeps what a slow sink has not taken yet, and makes nobody wait', async () => {
    const sink = gatedSink();
    const queue = queueTo(sink);
    await writeAll(queue, upTo(5).map(large));
    expect(sink.taken).toEqual([]);
    sink.open();
    await queue.close(success);
    expect(numbers(sink.taken)).toEqual(upTo(5));
  });

  it('puts on disk what is more than memory may hold, after a moment of patience', async () => {
    hastenTime();
    const file = memoryFile();
    const sink = gatedSink();
    const queue = queueTo(sink, { openSpill: () => file });
    await settled(writeAll(queue, upTo(1_000).map(large)));
    expect(file.lines.length).toBeGreaterThan(1_000 - IN_MEMORY - 5);
    sink.open();
    await queue.close(success);
    expect(numbers(sink.taken)).toEqual(upTo(1_000));
    expect(file.isClosed()).toBe(true);
  });

  it('does not use the disk for a sink that makes room within that moment', async () => {
    const openSpill = vi.fn<OpenSpillFile>(() => memoryFile());
    const sink = gatedSink();
    const queue = queueTo(sink, { openSpill });
    const writing = writeAll(queue, upTo(IN_MEMORY * 3).map(large));
    sink.open();
    await writing;
    await queue.close(success);
    expect(numbers(sink.taken)).toEqual(upTo(IN_MEMORY * 3));
    expect(openSpill).not.toHaveBeenCalled();
  });

  it('returns to memory once the sink has caught up', async () => {
    hastenTime();
    const file = memoryFile();
    const sink = gatedSink();
    const queue = queueTo(sink, { openSpill: () => file });
    await settled(writeAll(queue, upTo(100).map(large)));
    const spilt = file.taken();
    sink.open();
    await vi.waitFor(() => expect(sink.taken).toHaveLength(100));
    await writeAll(queue, [101, 102, 103].map(large));
    await queue.close(success);
    expect(numbers(sink.taken)).toEqual(upTo(103));
    expect([spilt > 0, file.taken() - spilt]).toEqual([true, 0]);
  });

  it('brings events back from the disk as they were, those of no known type too', async () => {
    hastenTime();
    const sink = gatedSink();
    const queue = queueTo(sink, { openSpill: () => memoryFile() });
    const odd = event(message('hologram', { text: 'lone \uD800, line\n, \u2028', ['__proto__']: { a: null } }), 999);
    await settled(writeAll(queue, [...upTo(100).map(large), odd]));
    sink.open();
    await queue.close(success);
    const last = sink.taken.at(-1);
    expect(last).toEqual(odd);
    expect(JSON.stringify(last)).toBe(JSON.stringify(odd));
    expect(last !== undefined && isUnknown(last.message)).toBe(true);
    expect(sink.taken.slice(0, -1).some(({ message }) => isUnknown(message))).toBe(false);
  });

  it.each([
    ['takes nothing', () => 0],
    ['is full after a while', () => 20],
  ])('waits for the sink when the disk %s: memory stays bounded, and nothing is lost', async (_, room) => {
    hastenTime();
    const file = memoryFile(room);
    const sink = gatedSink();
    const queue = queueTo(sink, { openSpill: () => file });
    let written = 0;
    const writing = (async () => {
      for (const number of upTo(500)) {
        await queue.write(large(number));
        written = number;
      }
    })();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(written).toBeLessThan(IN_MEMORY + room() + 5);
    sink.open();
    await settled(writing);
    await settled(queue.close(success));
    expect(numbers(sink.taken)).toEqual(upTo(500));
  });

  it('waits for the sink when no file can be made', async () => {
    hastenTime();
    const sink = gatedSink();
    const queue = queueTo(sink, {
      openSpill() {
        throw systemError('EMFILE');
      },
    });
    const writing = writeAll(queue, upTo(200).map(large));
    await vi.advanceTimersByTimeAsync(1_000);
    sink.open();
    await settled(writing);
    await settled(queue.close(success));
    expect(numbers(sink.taken)).toEqual(upTo(200));
  });

  it('waits for the sink without end where there is no disk to use', async () => {
    hastenTime();
    const sink = gatedSink();
    const queue = queueTo(sink);
    let isWritten = false;
    const writing = writeAll(queue, upTo(200).map(large)).then(() => (isWritten = true));
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(isWritten).toBe(false);
    sink.open();
    await writing;
    await queue.close(success);
    expect(numbers(sink.taken)).toEqual(upTo(200));
  });

  it('gives up a sink that fails in the middle of its backlog, tells of it once, and closes it', async () => {
    hastenTime();
    const file = memoryFile();
    const told: unknown[] = [];
    const sink = gatedSink();
    const failing: Sink = {
      async write(event) {
        await sink.write(event);
        if (event.sequence === 50) throw systemError('EPIPE');
      },
      close: sink.close,
    };
    const queue = queueTo(failing, { openSpill: () => file, onFailure: (error) => void told.push(error) });
    await settled(writeAll(queue, upTo(300).map(large)));
    sink.open();
    await vi.waitFor(() => expect(told).toEqual([systemError('EPIPE')]));
    expect(file.isClosed()).toBe(true);
    expect(queue.write(large(301))).toBeUndefined();
    await queue.close(success);
    expect(sink.taken).toHaveLength(50);
    expect([sink.closed.length, told.length]).toEqual([1, 1]);
  });

  it('counts a sink as failed whose events cannot be read back', async () => {
    hastenTime();
    const told: unknown[] = [];
    const sink = gatedSink();
    const broken = (): never => {
      throw systemError('EIO');
    };
    const queue = queueTo(sink, {
      openSpill: () => ({ ...memoryFile(), read: broken }),
      onFailure: (error) => void told.push(error),
    });
    await settled(writeAll(queue, upTo(100).map(large)));
    sink.open();
    await queue.close(success);
    expect(told).toEqual([systemError('EIO')]);
  });

  it('stops waiting for a sink that has no room once it fails', async () => {
    let fail: (error: Error) => void = () => {};
    const queue = queueTo({ write: () => new Promise((_, reject) => (fail = reject)), close() {} });
    let isOver = false;
    const writing = writeAll(queue, upTo(200).map(large)).then(() => (isOver = true));
    for (let turns = 0; turns < 10; turns++) await new Promise(setImmediate);
    expect(isOver).toBe(false);
    fail(systemError('EPIPE'));
    expect(await writing).toBe(true);
  });

  it('delivers the same sequence whatever the delays and the disk, one event at a time', async () => {
    const delays = fc.constantFrom('none', 'microtask', 'turn', 'timer');
    const sizes = fc.constantFrom('small', 'large');
    const step = fc.record({ delay: delays, size: sizes });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 250 }), fc.nat(100), fc.boolean(), async (steps, room, stalls) => {
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
        try {
          const events = steps.map(({ size }, index) =>
            event(message('keep_alive', { text: size === 'small' ? '' : LARGE }), index + 1),
          );
          const sink = gatedSink();
          let writing = 0;
          let most = 0;
          const take = async (given: RunEvent, delay: string | undefined): Promise<void> => {
            if (stalls) return sink.write(given);
            await pause(delay);
            sink.taken.push(given);
          };
          const delayed: Sink = {
            write(given) {
              const delay = steps[given.sequence - 1]?.delay;
              if (delay === 'none' && !stalls) return void sink.taken.push(given);
              most = Math.max(most, ++writing);
              return take(given, delay).finally(() => writing--);
            },
            close: sink.close,
          };
          const queue = queueTo(delayed, { openSpill: () => memoryFile(() => room) });
          const all = writeAll(queue, events).then(() => queue.close(success));
          await vi.advanceTimersByTimeAsync(1_000);
          sink.open();
          await settled(all);
          expect(numbers(sink.taken)).toEqual(upTo(steps.length));
          expect(most).toBeLessThanOrEqual(1);
          expect(sink.closed).toHaveLength(1);
        } finally {
          vi.useRealTimers();
        }
      }),
      { numRuns: rounds(30) },
    );
  });
});

function pause(kind: string | undefined): Promise<void> {
  if (kind === 'turn') return new Promise((resolve) => void setImmediate(resolve));
  if (kind === 'timer') return new Promise((resolve) => void setTimeout(resolve, 5));
  return Promise.resolve();
}
