import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RunEvent } from '../../../../src/messages/types.ts';
import { follow } from '../../../../src/servers/queries/follow.ts';
import type { Sink } from '../../../../src/sinks/sink.ts';
import { success } from '../../sinks/endings.ts';
import { gatedSink } from '../../sinks/gated-sink.ts';
import { event, message } from '../../stream/messages.ts';

const numbered = (sequence: number) => event(message('keep_alive', { text: 'x'.repeat(10_000) }), sequence);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const never = new Promise<void>(() => {});

async function writeAll(sink: Sink, count: number): Promise<void> {
  for (const number of upTo(count)) await sink.write(numbered(number));
}

function hastenTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}

describe('following a run', () => {
  it('gives the follower every event and the ending, after the run too', async () => {
    const follower = gatedSink();
    const following = follow(follower, new AbortController().signal);
    await writeAll(following.sink, 1_000);
    await following.sink.close(success());
    expect(follower.taken).toEqual([]);
    follower.open();
    await following.over();
    expect(follower.taken.map(({ sequence }) => sequence)).toEqual(upTo(1_000));
    expect(follower.closed).toHaveLength(1);
  });

  it('asks for whole events where the follower does', () => {
    const { signal } = new AbortController();
    expect(follow(gatedSink({ whole: true }), signal).sink.whole).toBe(true);
    expect(follow(gatedSink(), signal).sink.whole).toBe(false);
  });

  it.each<readonly [string, Partial<Sink>]>([
    [
      'throws',
      {
        write: () => {
          throw new Error('no');
        },
      },
    ],
    ['rejects', { write: () => Promise.reject(new Error('no')) }],
    [
      'throws at the end',
      {
        close: () => {
          throw new Error('no');
        },
      },
    ],
    ['rejects at the end', { close: () => Promise.reject(new Error('no')) }],
  ])('goes on as if nothing were when the follower %s', async (_, broken) => {
    const taken: RunEvent[] = [];
    const closed = vi.fn<() => void>();
    const follower = { write: (event: RunEvent) => void taken.push(event), close: closed, ...broken };
    const { sink, over } = follow(follower, new AbortController().signal);
    await writeAll(sink, 3);
    await sink.close(success());
    await over();
    expect([taken.length, closed.mock.calls.length]).toEqual(broken.close === undefined ? [0, 1] : [3, 0]);
  });

  it('gives up a follower that stalls for ever, while the run goes on and when it is over', async () => {
    hastenTime();
    const follower = gatedSink({ write: () => never, close: () => never });
    const { sink, over } = follow(follower, new AbortController().signal);
    const end = vi.fn<() => void>();
    await sink.write(numbered(1));
    await sink.close(success());
    const ended = over().then(end);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(end).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(240_000);
    await ended;
  });

  it('gives up a follower at once when the query is given up', async () => {
    const stop = new AbortController();
    const follower = gatedSink({ write: () => never, close: () => never });
    const { sink, over } = follow(follower, stop.signal);
    await writeAll(sink, 10);
    await sink.close(success());
    stop.abort();
    await expect(over()).resolves.toBeUndefined();
  });
});
