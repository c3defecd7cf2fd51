import type { RunEvent } from '../messages/types.ts';
import type { Arrival } from './run-feed.ts';
import type { WrittenEvent } from './written-event.ts';

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
  read(runId: string, from: number): AsyncIterable<Arrival>;
  remove(runId: string): void;
}
