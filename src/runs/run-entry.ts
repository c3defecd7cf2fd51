import type { OutcomeClass } from '../outcome/classes.ts';
import type { Report } from '../outcome/report-schema.ts';

/**
 * Where a run is. `finished`: it came to an end, whatever that was. `refused`: its turn never came. `interrupted`: its
 * process died with it; what was there until then is told.
 */
export type RunState = 'queued' | 'running' | 'finished' | 'refused' | 'interrupted';

/** Words that a caller puts on a run, to find it by and to count costs by. */
export type Labels = Readonly<Record<string, string>>;

/** How much of a run's messages is given out again; null: all. */
export interface GivenOut {
  /** Counted from the end. */
  readonly maxMessages: number | null;
  /** UTF-16 units of each string. */
  readonly maxChars: number | null;
  readonly noSystemMessages: boolean;
}

/** Why a run was never started, in the one shape that failed requests have. */
export interface RunFailure {
  readonly error_code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export type CallbackState = 'due' | 'delivered' | 'failed';

/** A run as it is submitted. Every text in it must be redacted already. */
export interface NewRun {
  /** A UUID. */
  readonly runId: string;
  /** Whose it is. */
  readonly subject: string;
  /** Who asked for what and where, as JSON, for those who tell of it later. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly givenOut: GivenOut;
  readonly labels: Labels;
  /** What its caller calls the request, so that it is carried out once; null where it has no name. */
  readonly key: string | null;
  /** What tells one request from another: see `requestKey`. */
  readonly digest: string;
  /** Claude's session that it is to go on with; null for one of its own. */
  readonly sessionId: string | null;
  /** ISO 8601 in UTC. */
  readonly receivedAt: string;
  /** Whether a program is to be told of its end, or what came of telling it; null: none is. */
  readonly callback: CallbackState | null;
}

/** What is remembered of a run, apart from its messages. */
export interface RunEntry extends NewRun {
  readonly state: RunState;
  /** ISO 8601 in UTC; null until then. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** `finished`, `timeout`, `cancelled`, `disconnected`, `shutdown` or `refused`; null until it has ended. */
  readonly ended: string | null;
  /** What it came to; null until it has, and where it was never started. */
  readonly class: OutcomeClass | null;
  readonly costUsd: number | null;
  readonly turns: number | null;
  readonly tokens: Report['usage'] | null;
  /** Messages that were recorded; pieces and the ending are none. */
  readonly messages: number;
  /** The sequence of its last event before the ending, pieces included. */
  readonly sequence: number;
  /** What its record takes, in bytes. */
  readonly size: number;
  readonly failure: RunFailure | null;
}

/** The same with all there is to tell of it but its messages. */
export interface KeptRun extends RunEntry {
  /** Null until it has ended, and where it was never started. */
  readonly report: Report | null;
}

/** What of a run changes while it goes on. */
export type RunChange = Partial<Omit<KeptRun, Exclude<keyof NewRun, 'sessionId' | 'callback'>>>;

/** Whether nothing comes any more. */
export function hasEnded({ state }: Pick<RunEntry, 'state'>): boolean {
  return state !== 'queued' && state !== 'running';
}

/** Whether its messages are kept, or some of them. */
export function isRecorded({ size }: Pick<RunEntry, 'size'>): boolean {
  return size > 0;
}

export function withoutReport(run: KeptRun): RunEntry {
  const { report: _, ...entry } = run;
  return entry;
}

/** A run that has just come. */
export function openingEntry(run: NewRun): KeptRun {
  return {
    ...run,
    state: 'queued',
    startedAt: null,
    endedAt: null,
    ended: null,
    class: null,
    costUsd: null,
    turns: null,
    tokens: null,
    messages: 0,
    sequence: 0,
    size: 0,
    failure: null,
    report: null,
  };
}

/** What a report tells of a run. */
export function figuresOf(report: Report): RunChange {
  return {
    ...(report.sessionId === null ? {} : { sessionId: report.sessionId }),
    class: report.outcome.class,
    costUsd: report.totalCostUsd,
    turns: report.numTurns,
    tokens: report.usage,
    report,
  };
}
