import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { SluiceError } from '../../../src/errors.ts';
import type { RunEvent } from '../../../src/messages/types.ts';
import { type DeliveryOptions, deliver, type Play } from '../../../src/sinks/deliver.ts';
import type { OutputFailure } from '../../../src/outcome/with-failure.ts';
import type { Ending, Sink } from '../../../src/sinks/sink.ts';
import { event, message } from '../stream/messages.ts';
import { crash, success, systemError } from './endings.ts';
import { gatedSink } from './gated-sink.ts';

/** A play of some events that ends when it is told to stop, or by itself. */
async function* play(batches: readonly (readonly number[])[], ending: Ending): Play {
  for (const batch of batches) yield batch.map((sequence) => event(message('keep_alive'), sequence));
  return ending;
}

/** A run that nobody wants to end, and what was said to end it. */
function goingOn(onStop: (failure: OutputFailure) => void = () => {}): DeliveryOptions {
  return { signal: new AbortController().signal, stop: onStop };
}

interface Seen {
  readonly written: number[];
  readonly closed: Ending[];
}

function sink(seen: Seen, own: Partial<Sink> = {}): Sink {
  return {
    write: ({ sequence }) => void seen.written.push(sequence),
    close: (ending) => void seen.closed.push(ending),
    ...own,
  };
}

const nothingSeen = (): Seen => ({ written: [], closed: [] });
const same = (given: RunEvent) => given;
const breaking = (error: unknown) => (): never => {
  throw error;
};
const BATCHES = [[1, 2], [], [3]];

/** Works for a millisecond. */
function spin(): void {
  const end = performance.now() + 1;
  while (performance.now() < end);
}

describe('deliver', () => {
  it('gives every event and the ending to every sink, and returns it', async () => {
    const [one, two] = [nothingSeen(), nothingSeen()];
    const ending = success();
    expect(await deliver(play(BATCHES, ending), same, [sink(one), sink(two)], goingOn())).toBe(ending);
    for (const seen of [one, two]) expect(seen).toEqual({ written: [1, 2, 3], closed: [ending] });
  });

  it('gives clipped events, and whole ones to those who ask', async () => {
    const [clippedOne, wholeOne] = [nothingSeen(), nothingSeen()];
    const clip = (given: RunEvent): RunEvent => ({ ...given, sequence: -given.sequence });
    await deliver(play([[1]], success()), clip, [sink(clippedOne), sink(wholeOne, { whole: true })], goingOn());
    expect([clippedOne.written, wholeOne.written]).toEqual([[-1], [1]]);
  });

  it('writes the next event to a slow sink when it has taken the one before', async () => {
    const entries: string[] = [];
    const slow: Sink = {
      async write({ sequence }) {
        entries.push(`begin ${sequence}`);
        await Promise.resolve();
        entries.push(`end ${sequence}`);
      },
      close() {},
    };
    await deliver(play([[1, 2]], success()), same, [slow], goingOn());
    expect(entries).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
  });

  it('takes the whole play and closes the others while the first sink stalls', async () => {
    const [stalled, other] = [gatedSink(), nothingSeen()];
    const ending = success();
    const delivery = deliver(play(BATCHES, ending), same, [stalled, sink(other)], goingOn());
    await vi.waitFor(() => expect(other).toEqual({ written: [1, 2, 3], closed: [ending] }));
    expect([stalled.taken, stalled.closed]).toEqual([[], []]);
    stalled.open();
    expect(await delivery).toBe(ending);
    expect(stalled.taken.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(stalled.closed).toEqual([ending]);
  });

  it('lets other work be done while it takes a play that never waits', async () => {
    let turns = 0;
    const count = setInterval(() => void turns++, 0);
    const busy = Array.from({ length: 200 }, (_, index) => [index]);
    await deliver(play(busy, success()), same, [sink(nothingSeen(), { write: spin })], goingOn());
    clearInterval(count);
    expect(turns).toBeGreaterThan(10);
  });

  it.each<[string, unknown, unknown, string]>([
    ['its reader goes away', systemError('EPIPE'), 'reader_gone', 'interrupted'],
    ['the disk is full', systemError('ENOSPC'), new SluiceError('output_error', 'ENOSPC: it broke'), 'output_error'],
    [
      'it says itself what is wrong',
      new SluiceError('output_error', '--x: y'),
      new SluiceError('output_error', '--x: y'),
      'output_error',
    ],
  ])('stops the run when the first sink fails because %s, and tells the others', async (_, error, failure, outcome) => {
    const stops: OutputFailure[] = [];
    const other = nothingSeen();
    const sinks = [sink(nothingSeen(), { write: breaking(error) }), sink(other)];
    await deliver(
      play(BATCHES, success()),
      same,
      sinks,
      goingOn((told) => void stops.push(told)),
    );
    expect(stops).toEqual([failure]);
    expect(other).toMatchObject({ written: [1, 2, 3], closed: [{ class: outcome }] });
  });

  it('waits without end for a reader that stalls, but not once the run is to end', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const user = new AbortController();
    const stuck: Sink = { write: () => new Promise(() => {}), close() {} };
    let ending: Ending | undefined;
    const delivery = deliver(play([[1]], success()), same, [stuck], { signal: user.signal, stop: () => {} }).then(
      (told) => (ending = told),
    );
    await vi.advanceTimersByTimeAsync(24 * 3_600_000);
    expect(ending).toBeUndefined();
    user.abort();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await delivery).toMatchObject({ class: 'output_error', exitCode: 74 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stops the run at once when the first sink fails in the middle of what it has not taken yet', async () => {
    const told: OutputFailure[] = [];
    const stalled = gatedSink();
    const failing: Sink = {
      async write(event) {
        await stalled.write(event);
        if (event.sequence === 2) throw systemError('EPIPE');
      },
      close: stalled.close,
    };
    const stopped = new AbortController();
    async function* endless(): Play {
      for (let sequence = 1; !stopped.signal.aborted; sequence++) yield [event(message('keep_alive'), sequence)];
      return success();
    }
    const delivery = deliver(
      endless(),
      same,
      [failing],
      goingOn((failure) => {
        told.push(failure);
        stopped.abort();
      }),
    );
    setTimeout(stalled.open, 20);
    expect(await delivery).toMatchObject({ class: 'interrupted', exitCode: 141 });
    expect(told).toEqual(['reader_gone']);
    expect([stalled.taken.length, stalled.closed.length]).toEqual([2, 1]);
  });

  it('lets a slow reader have the rest after the end, but not for long once the run is to end', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const user = new AbortController();
    const seen = nothingSeen();
    const slow = sink(seen, {
      write: ({ sequence }) =>
        new Promise((resolve) => {
          setTimeout(() => resolve(void seen.written.push(sequence)), 1_000);
        }),
    });
    const batch = Array.from({ length: 1_000 }, (_, index) => index + 1);
    const delivery = deliver(play([batch], success()), same, [slow], { signal: user.signal, stop: () => {} });
    await vi.advanceTimersByTimeAsync(100_000);
    expect(seen.written.length).toBeGreaterThan(90);
    const before = seen.written.length;
    user.abort();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await delivery).toMatchObject({ class: 'output_error', exitCode: 74 });
    expect(seen.written.length - before).toBeLessThan(15);
    expect(seen.closed).toHaveLength(1);
  });

  it('does not stop the run for another sink, and tells at the end', async () => {
    const first = nothingSeen();
    let stopped = false;
    const ending = await deliver(
      play(BATCHES, success()),
      same,
      [sink(first), sink(nothingSeen(), { write: breaking(systemError('ENOSPC')) })],
      goingOn(() => void (stopped = true)),
    );
    expect(stopped).toBe(false);
    expect(first.written).toEqual([1, 2, 3]);
    expect(ending).toMatchObject({ class: 'output_error', exitCode: 74, message: 'ENOSPC: it broke' });
  });

  it('calls a success that nobody could read an interrupt', async () => {
    const broken = sink(nothingSeen(), { close: breaking(systemError('EPIPE')) });
    const ending = await deliver(play(BATCHES, success()), same, [broken], goingOn());
    expect(ending).toMatchObject({ class: 'interrupted', exitCode: 141, retryable: false });
  });

  it('has a report that agrees with what it returns', async () => {
    const broken = sink(nothingSeen(), { close: breaking(systemError('ENOSPC')) });
    const { report, ...outcome } = await deliver(play([], success()), same, [broken], goingOn());
    expect(report.outcome).toMatchObject({ class: outcome.class, exitCode: 74, message: outcome.message });
    expect(report.result).toMatchObject({ success: false, error: outcome.message });
  });

  it('keeps the class of a run that failed anyway, and warns', async () => {
    const broken = sink(nothingSeen(), { write: breaking(systemError('ENOSPC')) });
    const ending = await deliver(play(BATCHES, crash()), same, [broken], goingOn());
    expect(ending).toMatchObject({ class: 'crashed', exitCode: 6 });
    expect(ending.warnings).toContain('ENOSPC: it broke');
  });

  it('tells every failure once', async () => {
    const ending = await deliver(
      play(BATCHES, success()),
      same,
      [
        sink(nothingSeen(), { write: breaking(systemError('ENOSPC')) }),
        sink(nothingSeen(), { write: breaking(systemError('EIO')), close: breaking(systemError('EBADF')) }),
      ],
      goingOn(),
    );
    expect(ending).toMatchObject({ class: 'output_error', message: 'ENOSPC: it broke' });
    expect(ending.warnings).toEqual(['EIO: it broke']);
  });

  it('needs no sinks', async () => {
    const ending = success();
    expect(await deliver(play(BATCHES, ending), same, [], goingOn())).toBe(ending);
  });
});
