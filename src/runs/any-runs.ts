import type { LiveRun } from './live-run.ts';
import type { KeptRun, NewRun, RunFailure } from './run-entry.ts';
import type { Runs } from './runs.ts';
import type { Ending } from '../sinks/sink.ts';

/** A value that is there at once, or after a while. */
export type Awaitable<Value> = Value | Promise<Value>;

type Looks = Pick<Runs, 'find' | 'findKey' | 'list' | 'sessions' | 'ownerOf'>;

/** Looks that may take a while. */
type AnyLooks = {
  readonly [Look in keyof Looks]: (...asked: Parameters<Looks[Look]>) => Awaitable<ReturnType<Looks[Look]>>;
};

/**
 * Runs as servers use them: those of this machine, or those of all replicas that share a Redis, where each look takes a while and
 * may fail. `Runs` fit this interface.
 */
export interface AnyRuns
  extends AnyLooks, Pick<Runs, 'limits' | 'follow' | 'messages' | 'ended' | 'bundle' | 'calledBack'> {
  /**
   * Takes down a run that is to be carried out, as `Runs` do.
   * @param isAlone whether another run of its session must not be under way: then nothing is taken down, and that one is `busy`
   */
  begin(run: NewRun, isAlone: boolean): Awaitable<AnyBegun>;
  /** The host of the replica that carried out a session last; null: this one, or not known. Absent: there are no others. */
  elsewhere?(sessionId: string): Promise<string | null>;
  /** Those who follow runs by way of other replicas; absent: nobody can. */
  readonly followers?: Followers;
  /** Asks the replica that carries out a run to give it up; absent: others can't be asked. */
  giveUp?(runId: string, reason: string): Promise<void>;
}

/** What came of a run that was to be taken down. */
export type AnyBegun =
  | { readonly kind: 'new'; readonly run: AnyLiveRun }
  | { readonly kind: 'known' | 'reused'; readonly run: KeptRun }
  | { readonly kind: 'busy'; readonly runId: string };

/** A run of this process, as a {@link LiveRun} is; its end may take a while to be taken down. */
export interface AnyLiveRun extends Omit<LiveRun, 'ended' | 'refused' | 'discard'> {
  ended(ended: string, ending: Ending): Awaitable<void>;
  refused(ended: string, failure: RunFailure): Awaitable<void>;
  discard(): Awaitable<void>;
  /** Calls back with the reason once somebody asks for it to be given up by way of another replica; absent: nobody can. */
  heed?(listener: (reason: string) => void): void;
}

/** Those who follow runs by way of any replica. */
export interface Followers {
  /** Tells the others that somebody follows a run here, for so many milliseconds. */
  tell(runId: string, ms: number): Promise<void>;
  /** Whether a replica has told so of a run, and that still holds. */
  any(runId: string): Promise<boolean>;
}
