import { availableParallelism, freemem } from 'node:os';

/** Bytes that a claude takes, with what it starts (2.1.197: about 310 MiB). */
const CLAUDE_BYTES = 350 * 1024 * 1024;

/** Bytes that are left to all else. */
const SPARED_BYTES = 512 * 1024 * 1024;

/** Claudes for each processor: most of the time they wait for the API. */
const PER_PROCESSOR = 2;

/** How many claudes may run at once on a machine, by its processors and the memory that is free. At least 1. */
export function defaultConcurrency(
  processors = availableParallelism(),
  freeBytes = process.availableMemory?.() ?? freemem(),
): number {
  const byMemory = Math.floor((freeBytes - SPARED_BYTES) / CLAUDE_BYTES);
  return Math.max(1, Math.min(PER_PROCESSOR * processors, byMemory));
}

/** How many claudes are started ahead of so many that run: more than there are processors would not be there earlier. */
export function defaultSpares(concurrency: number, processors = availableParallelism()): number {
  return Math.min(concurrency, processors);
}
