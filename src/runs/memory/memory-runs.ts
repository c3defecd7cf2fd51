import type { KeepLimits } from '../run-index.ts';
import { createRuns, type Runs } from '../runs.ts';
import { createMemoryIndex } from './memory-index.ts';
import { createMemoryRecords } from './memory-records.ts';

/** Runs that are remembered as long as the process lives. */
export function createMemoryRuns(limits: KeepLimits): Runs {
  const records = createMemoryRecords(limits.runs === 0 ? 0 : limits.bytes);
  return createRuns({ index: createMemoryIndex(), records, limits, onFault() {} });
}
