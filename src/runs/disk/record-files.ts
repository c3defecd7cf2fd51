import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files of records, whatever is in them. */
export interface RecordFiles {
  /** The file of a run's record, be it there or not. */
  pathOf(runId: string): string;
  /** The ids of the runs that have one, and when it was last written, in epoch milliseconds. */
  all(): readonly { readonly runId: string; readonly writtenAt: number }[];
  remove(runId: string): void;
}

const ENDING = '.ndjson';

/** A file for each run, in a folder that is there. */
export function recordFilesIn(folder: string): RecordFiles {
  const pathOf = (runId: string): string => join(folder, `${runId}${ENDING}`);
  return {
    pathOf,
    remove: (runId) => rmSync(pathOf(runId), { force: true }),
    all: () =>
      readdirSync(folder)
        .filter((name) => name.endsWith(ENDING))
        .map((name) => ({
          runId: name.slice(0, -ENDING.length),
          writtenAt: statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now(),
        })),
  };
}
