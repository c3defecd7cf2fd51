import { SluiceError } from '../errors.ts';
import { type OutputFailure, outputFailure, withFailure } from '../outcome/with-failure.ts';
import type { RunEvent } from '../messages/types.ts';
import { fanOut } from './fan-out.ts';
import type { BoundedWait } from './backlog/sink-queue.ts';
import type { Ending, Sink } from './sink.ts';
import type { OpenSpillFile } from './backlog/spill.ts';
import { within } from '../system/bounded-wait.ts';

/** The events of a run, in batches, and then how it ended. */
export type Play = AsyncGenerator<readonly RunEvent[], Ending, undefined>;

/**
 * Gives every event to every sink and closes them at the end. The first sink is what the user reads: when it fails,
 * `stop` is called and the run ends. Another one's failure is told at the end. Events are taken from the play at once,
 * however slow a sink is, as long as they can be spilt. Sinks may take their time, but for once the run is to end: a
 * reader that stalls must not hold it.
 */
export async function deliver(
  play: Play,
  clip: (event: RunEvent) => RunEvent,
  sinks: readonly Sink[],
  { signal, stop, openSpill }: DeliveryOptions,
): Promise<Ending> {
  const failures: OutputFailure[] = [];
  const fan = fanOut(sinks, {
    onFailure(sink, error) {
      const failure = outputFailure(error);
      failures.push(failure);
      if (sink === sinks[0]) stop(failure);
    },
    bounded: signal === undefined ? (wait) => wait : waitUntil(signal),
    openSpill,
  });
  for (;;) {
    const step = await play.next();
    if (step.done === true) {
      const ending = (): Ending => failures.reduce(withFailure, step.value);
      await fan.close(ending);
      return ending();
    }
    for (const event of step.value) {
      const wait = fan.write(event, clip(event));
      if (wait !== undefined) await wait;
    }
    await otherWork();
  }
}

/** What a delivery has to do with the run around it. */
export interface DeliveryOptions {
  /** Aborted when the run is to end; without it, sinks may take their time to the last. */
  readonly signal?: AbortSignal;
  /** Ends the run early. */
  readonly stop: (failure: OutputFailure) => void;
  /** Where to put what a slow sink has not taken yet; without it, the play waits for the sinks. */
  readonly openSpill?: OpenSpillFile;
}

/** Lets signals, timers and pipes have their turn: what is read from a file would never give them one. */
function otherWork(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function waitUntil(signal: AbortSignal): BoundedWait {
  return async (wait, grace) => {
    if ((await within(wait, { signal })).done || (await within(wait, { ms: grace })).done) return;
    throw new SluiceError('output_error', 'the output takes no more');
  };
}
