import type { Launched } from '../claude/launch.ts';
import type { Message, RunEvent } from '../messages/types.ts';
import type { RetryPlan } from '../retry/retry-plan.ts';
import type { LiveReader } from '../stream/read-run.ts';
import type { Batch } from '../stream/stage.ts';

/** What starting claude, once or more than once, takes. */
export interface Attempts {
  readonly reader: Pick<LiveReader, 'events'>;
  /** Asks a claude that was launched; gives all that it prints, and settles once it has ended and is judged. */
  play(launched: Launched): AsyncIterable<Batch<Message>>;
  /** Whether it is to be started again, now that it has ended, and what is said of that. */
  plan(launched: Launched, reruns: number): Promise<RetryPlan | null>;
  /** Clears away the one that ended and starts the next; null once the run is to end. */
  again(retry: RetryPlan): Promise<Launched | null>;
}

/** The events of a run, from the first start of claude to the last. */
export async function* attempts(
  first: Launched | null,
  { reader, play, plan, again }: Attempts,
): AsyncGenerator<Batch<RunEvent>, void, undefined> {
  let launched = first;
  for (let reruns = 0; launched !== null; reruns++) {
    yield* reader.events(play(launched));
    const retry: RetryPlan | null = await plan(launched, reruns);
    if (retry === null) return;
    yield* reader.events(one(retry.notice));
    launched = await again(retry);
  }
}

async function* one(message: Message): AsyncGenerator<Batch<Message>, void, undefined> {
  yield [message];
}
