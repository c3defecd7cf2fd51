import { isRecord } from '../../is-record.ts';

/** The version of jobs that this is: a worker of another one can't know what all of it means. */
export const JOB_VERSION = 1;

/** What stands in the queue for an item: plain JSON, without secrets. */
export interface Job {
  readonly version: number;
  /** Names the item among all of all batches. */
  readonly item: string;
  /** Names this try of it among all that there were; the job has that name, too. */
  readonly run: string;
  /** Names the batch that it is of, for logs. */
  readonly batch: string;
  /** What is asked, as a program asks a server. */
  readonly query: unknown;
}

/** Reads a job; null for what is none. Whoever may write to the queue may have put anything there. */
export function readJob(data: unknown): Job | null {
  if (!isRecord(data)) return null;
  const { version, item, run, batch, query } = data;
  if (typeof version !== 'number' || typeof item !== 'string') return null;
  if (typeof run !== 'string' || typeof batch !== 'string') return null;
  return { version, item, run, batch, query };
}
