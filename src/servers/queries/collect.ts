import type { Bundle } from '../../outcome/bundle.ts';
import { countTurns } from '../../outcome/count-turns.ts';
import { foldFacts } from '../../outcome/facts.ts';
import type { RunEvent } from '../../messages/types.ts';
import type { Keeping } from '../../request/kept.ts';
import { collectBundle } from '../../sinks/formats/bundle.ts';
import type { Ending, Sink } from '../../sinks/sink.ts';

/** Takes down a run as it goes on. */
export interface Collector extends Sink {
  bundle(ending: Ending): Bundle;
  /** What there is to tell of the run so far. */
  soFar(): RunSoFar;
}

export interface RunSoFar {
  /** Null until it is known. */
  readonly sessionId: string | null;
  /** How often the model has answered, its subagents aside. */
  readonly turns: number;
  /** Null until claude has said. */
  readonly costUsd: number | null;
  /** When the first message of claude came, as `performance.now` tells time; null before. */
  readonly firstMessageAt: number | null;
}

export interface CollectorOptions extends Keeping {
  /** Told each event; does not throw. */
  readonly onEvent: (event: RunEvent) => void;
}

export function createCollector({ onEvent, ...options }: CollectorOptions): Collector {
  const collector = collectBundle(options);
  const fold = foldFacts();
  const counter = countTurns();
  let sessionId: string | null = null;
  let firstMessageAt: number | null = null;

  return {
    write(event) {
      if (event.message.type !== 'sluice') firstMessageAt ??= performance.now();
      sessionId = event.sessionId;
      counter.see(event.message);
      fold.see(event.message);
      collector.see(event);
      onEvent(event);
    },
    close() {},
    bundle: collector.bundle,
    soFar: () => ({ sessionId, turns: counter.turns(), costUsd: fold.facts().costUsd, firstMessageAt }),
  };
}
