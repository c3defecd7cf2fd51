import type { StopReason } from '../../../../src/outcome/evidence.ts';
import { stopReasonOf } from '../../../../src/outcome/stop-reason.ts';
import type { RunEvent } from '../../../../src/messages/types.ts';
import type { Host, run, RunRequest } from '../../../../src/run.ts';
import { deliver } from '../../../../src/sinks/deliver.ts';
import type { Ending } from '../../../../src/sinks/sink.ts';
import { assistant, init, type Raw, result } from '../../outcome/evidence.ts';
import { endingOf } from '../../sinks/endings.ts';

/** A run that goes on until the test ends it, or until it is stopped. */
export interface HeldRun {
  readonly request: RunRequest;
  readonly host: Host;
  /** Gives events to the sinks, as claude's output would come. */
  emit(...events: readonly RunEvent[]): void;
  finish(ending?: Ending): void;
}

export interface HeldRuns {
  readonly run: typeof run;
  /** In the order they were started. */
  readonly runs: readonly HeldRun[];
  /** The run of that index, once it is started. */
  nth(index: number): Promise<HeldRun>;
  /** How many have not ended. */
  going(): number;
}

/** Runs whose sinks are served as real ones are. `stubborn` ones go on when they are stopped, until they are to hurry. */
export function holdRuns({ stubborn = false } = {}): HeldRuns {
  const runs: HeldRun[] = [];
  const awaited = new Map<number, (run: HeldRun) => void>();
  let going = 0;
  return {
    runs,
    async nth(index) {
      return runs[index] ?? new Promise((resolve) => awaited.set(index, resolve));
    },
    going: () => going,
    async run(request, sinks = [], host = {}) {
      const { signal } = host;
      const waiting: RunEvent[][] = [];
      let ending: Ending | null = null;
      let wake = (): void => {};

      function finish(given = wellDone()): void {
        ending ??= given;
        wake();
      }
      async function* play(): AsyncGenerator<readonly RunEvent[], Ending, undefined> {
        for (;;) {
          const batch = waiting.shift();
          if (batch !== undefined) yield batch;
          else if (ending !== null) return ending;
          else await new Promise<void>((resolve) => (wake = resolve));
        }
      }

      const onStop = (): void => finish(stopped(stopReasonOf(signal?.reason)));
      (stubborn ? host.forceStop : signal)?.addEventListener('abort', onStop);
      if (signal?.aborted === true) onStop();
      const held: HeldRun = {
        request,
        host,
        emit(...events) {
          waiting.push([...events]);
          wake();
        },
        finish,
      };
      runs.push(held);
      awaited.get(runs.length - 1)?.(held);
      going++;
      const given = await deliver(play(), (event) => event, sinks, { stop() {} });
      going--;
      return given;
    },
  };
}

const wellDone = (): Ending => endingOf([init(), assistant('Done.'), result({ result: 'Done.' })]);

export const stopped = (stoppedBy: StopReason, ...told: readonly Raw[]): Ending =>
  endingOf([init(), ...told], { stoppedBy, exit: { code: null, signal: 'SIGKILL' } });
