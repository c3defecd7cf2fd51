import type { RunEvent } from '../messages/types.ts';
import type { Ending, Sink } from './sink.ts';

/** Gives events to several sinks and outlives the failure of each. */
export interface FanOut {
  /** Waits for every sink that asked for it. Never rejects. */
  write(whole: RunEvent, clipped: RunEvent): Promise<void> | undefined;
  /** Closes every sink once, the last one first, those that failed too. Never rejects. */
  close(ending: Ending): Promise<void>;
}

/** Waits for a sink; rejects when it has been waited for long enough. */
export type Patience = (wait: Promise<void>) => Promise<void>;

/** Opens the fan; `onFailure` is told each sink's first error, after which that sink is written to no more. */
export function fanOut(
  sinks: readonly Sink[],
  onFailure: (sink: Sink, error: unknown) => void,
  patience: Patience,
): FanOut {
  const failed = new Set<Sink>();

  function fail(sink: Sink, error: unknown): void {
    if (failed.has(sink)) return;
    failed.add(sink);
    onFailure(sink, error);
  }

  function writeTo(sink: Sink, event: RunEvent): Promise<void> | undefined {
    if (failed.has(sink)) return undefined;
    try {
      const wait = sink.write(event);
      if (wait === undefined) return undefined;
      return patience(Promise.resolve(wait)).catch((error: unknown) => fail(sink, error));
    } catch (error) {
      fail(sink, error);
      return undefined;
    }
  }

  return {
    write(whole, clipped) {
      let waits: Promise<void>[] | undefined;
      for (const sink of sinks) {
        const wait = writeTo(sink, sink.whole === true ? whole : clipped);
        if (wait !== undefined) (waits ??= []).push(wait);
      }
      return waits && Promise.all(waits).then(() => {});
    },
    async close(ending) {
      for (const sink of [...sinks].reverse()) {
        try {
          const wait = sink.close(ending);
          if (wait !== undefined) await patience(Promise.resolve(wait));
        } catch (error) {
          fail(sink, error);
        }
      }
    },
  };
}
