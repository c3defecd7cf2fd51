import type { RunEvent } from '../messages/types.ts';
import type { WrittenEvent } from './written-event.ts';

/** An event of a run that can be had again. */
export interface RecordedEvent {
  /** Counts from 1, without gaps, over what is recorded: pieces of partial messages are not. */
  readonly id: number;
  /** Redacted and whole. */
  readonly event: RunEvent;
  /** The same as it stands in the record; absent where that has another form. */
  readonly json?: string;
}

/** Takes down the events of one run, in order. */
export interface RecordWriter {
  /** Takes one down: it can be read from then on. @throws the system's error when it can't be */
  append(written: WrittenEvent): void;
  /**
   * Ends it, with the event that tells how the run ended, if there is one. Returns how much it takes, in bytes. Called
   * once. @throws the system's error when that can't be taken down
   */
  close(ending: RunEvent | null): number;
}

/** The events of runs. */
export interface RunRecords {
  /** @throws the system's error when it can't be made */
  create(runId: string): RecordWriter;
  /** The events that there are from an id on, but the ending; the first may have gone, and then it begins later. */
  read(runId: string, from: number): AsyncIterable<RecordedEvent>;
  remove(runId: string): void;
}
