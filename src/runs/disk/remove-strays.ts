import type { KeepLimits } from '../run-index.ts';
import type { DiskIndex } from './disk-index.ts';
import type { RecordFiles } from './record-files.ts';

/** Records that no index knows of, as where one was damaged, go when their time is over. */
export function removeStrays(index: DiskIndex, records: RecordFiles, { ageMs }: KeepLimits): void {
  for (const { runId, writtenAt } of records.all()) {
    if (writtenAt < Date.now() - ageMs && !index.has(runId)) records.remove(runId);
  }
}
