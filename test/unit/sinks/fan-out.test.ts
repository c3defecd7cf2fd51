import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { MEMORY_BOUND } from '../../../src/sinks/backlog/backlog.ts';
import { type FanOutOptions, fanOut as fanOutWith } from '../../../src/sinks/fan-out.ts';
import type { BoundedWait } from '../../../src/sinks/backlog/sink-queue.ts';
import type { Sink } from '../../../src/sinks/sink.ts';
import { event, message } from '../stream/messages.ts';
import { success } from './endings.ts';
import { gatedSink } from './gated-sink.ts';

const whole = event(message('hologram', { text: 'whole' }));
const clipped = event(message('hologram', { text: 'clipped' }));

const endless: BoundedWait = (wait) => wait;
const fanOut = (sinks: readonly Sink[], onFailure: FanOutOptions['onFailure'], bounded = endless) =>
  fanOutWith(sinks, { onFailure, bounded });

/** A sink that writes down what happens to it. */
function diary(name: string, entries: string[], own: Partial<Sink> = {}): Sink {
  return { write: () => void entries.push(`${name} write`), close: () => void entries.push(`${name} close`), ...own };
}

const fail = (text: string) => () => {
  throw new Error(text);
};

describe('fanOut', () => {
  it('gives every event to every sink in order, and closes them in reverse', async () => {
    const entries: string[] = [];
    const fan = fanOut([diary('a', entries), diary('b', entries)], () => {});
    expect(fan.write(whole, clipped)).toBeUndefined();
    await fan.close(success);
    expect(entries).toEqual(['a write', 'b write', 'b close', 'a close']);
  });

  it('gives each the form that it asks for', () => {
    const seen: unknown[] = [];
    const write = (given: unknown) => void seen.push(given);
    void fanOut(
      [
        { write, close() {} },
        { whole: true, write, close() {} },
      ],
      () => {},
    ).write(whole, clipped);
    expect(seen).toEqual([clipped, whole]);
  });

  it('lets no sink wait for a slow one', async () => {
    const entries: string[] = [];
    const slow = gatedSink();
    const fan = fanOut([slow, diary('quick', entries)], () => {});
    for (let count = 0; count < 3; count++) await fan.write(whole, clipped);
    expect(slow.taken).toEqual([]);
    expect(entries).toEqual(['quick write', 'quick write', 'quick write']);
    slow.open();
    await fan.close(success);
    expect(slow.taken).toHaveLength(3);
  });

  it('asks for a bounded wait when a queue has no room', async () => {
    const slow = gatedSink();
    const fan = fanOut([slow, diary('quick', [])], () => {});
    const large = event(message('hologram', { text: 'x'.repeat(MEMORY_BOUND) }));
    await fan.write(large, large);
    let isOver = false;
    const wait = fan.write(large, large)?.then(() => (isOver = true));
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    slow.open();
    expect(await wait).toBe(true);
    await fan.close(success);
  });

  it.each([
    ['throws', fail('full')],
    ['rejects', () => Promise.reject(new Error('full'))],
  ])('goes on without a sink that %s, tells of it once, and closes it all the same', async (_, write) => {
    const entries: string[] = [];
    const told: string[] = [];
    const broken = diary('broken', entries, { write });
    const fan = fanOut(
      [broken, diary('good', entries)],
      (sink, error) => void told.push(`${sink === broken}: ${String(error)}`),
    );
    void fan.write(whole, clipped);
    await new Promise(setImmediate);
    void fan.write(whole, clipped);
    await fan.close(success);
    expect(entries).toEqual(['good write', 'good write', 'good close', 'broken close']);
    expect(told).toEqual(['true: Error: full']);
  });

  it('tells of a sink that fails when it is closed, and closes the others', async () => {
    const entries: string[] = [];
    const told: unknown[] = [];
    const sinks = [diary('a', entries), diary('b', entries, { close: fail('late') }), diary('c', entries)];
    const fan = fanOut(sinks, (sink) => void told.push(sinks.indexOf(sink)));
    await fan.close(success);
    expect(entries).toEqual(['c close', 'a close']);
    expect(told).toEqual([1]);
  });

  it('tells only the first failure of a sink', async () => {
    const told: string[] = [];
    const broken: Sink = { write: fail('first'), close: fail('second') };
    const fan = fanOut([broken], (_, error) => void told.push(String(error)));
    await fan.write(whole, clipped);
    await fan.close(success);
    expect(told).toEqual(['Error: first']);
  });

  it('closes one sink after the other', async () => {
    const entries: string[] = [];
    const slow = (name: string): Sink => ({
      write() {},
      async close() {
        entries.push(`${name} begins`);
        await Promise.resolve();
        entries.push(`${name} ends`);
      },
    });
    await fanOut([slow('a'), slow('b')], () => {}).close(success);
    expect(entries).toEqual(['b begins', 'b ends', 'a begins', 'a ends']);
  });

  it('closes a sink when it has taken all, and not before', async () => {
    const slow = gatedSink();
    const fan = fanOut([slow], () => {});
    for (let count = 0; count < 3; count++) void fan.write(whole, clipped);
    const closing = fan.close(success);
    await new Promise(setImmediate);
    expect(slow.closed).toEqual([]);
    slow.open();
    await closing;
    expect([slow.taken.length, slow.closed.length]).toEqual([3, 1]);
  });

  it('closes the others at once while the first one lags, and soon while the last one does', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const entries: string[] = [];
    const [first, last] = [gatedSink(), gatedSink()];
    const fan = fanOut([first, diary('middle', entries), last], () => {});
    void fan.write(whole, clipped);
    const closing = fan.close(success);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(entries).toEqual(['middle write', 'middle close']);
    expect([first.closed.length, last.closed.length]).toEqual([0, 0]);
    first.open();
    last.open();
    await closing;
    expect([first.closed.length, last.closed.length, vi.getTimerCount()]).toEqual([1, 1, 0]);
  });

  it('gives up a sink that takes longer than there is bounded for', async () => {
    const told: string[] = [];
    const entries: string[] = [];
    const stuck: Sink = { write: () => new Promise(() => {}), close: () => new Promise(() => {}) };
    const impatient: BoundedWait = () => Promise.reject(new Error('too long'));
    const fan = fanOut([stuck, diary('good', entries)], (_, error) => void told.push(String(error)), impatient);
    void fan.write(whole, clipped);
    await new Promise(setImmediate);
    void fan.write(whole, clipped);
    await fan.close(success);
    expect(told).toEqual(['Error: too long']);
    expect(entries).toEqual(['good write', 'good write', 'good close']);
  });

  it('needs no sinks', async () => {
    const fan = fanOut([], () => {});
    expect(fan.write(whole, clipped)).toBeUndefined();
    await expect(fan.close(success)).resolves.toBeUndefined();
  });
});
