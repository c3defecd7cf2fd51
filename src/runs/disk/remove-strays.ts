import type { KeepLimits } from '../run-index.ts';
import type { DiskIndex } from './disk-index.ts';
import type { RecordFiles } from './record-files.ts';

/** Records that are in no index, as where one was damaged, are removed when they expire. */
export function removeStrays(index: DiskIndex, records: RecordFiles, { ageMs }: KeepLimits): void {
  for (const { runId, writtenAt } of records.all()) {
    if (writtenAt < Date.now() - ageMs && !index.has(runId)) records.remove(runId);
  }
}
