import { setTimeout as sleep } from 'node:timers/promises';
import { type Home, temporaryFilesOf } from './folder.ts';
import { processesOf } from './processes.ts';

/** How long what cleans up after a sluice may take, in milliseconds; people are told 10 s after a SIGKILL. */
const CLEANED_AFTER = 15_000;

/** Processes and temporary files of a home that are still there once all cleaning must be over: there should be none. */
export async function remainsOf(home: Home): Promise<readonly string[]> {
  const start = performance.now();
  for (;;) {
    const isOver = performance.now() - start >= CLEANED_AFTER;
    const files = temporaryFilesOf(home);
    // The last process goes after the last file, and takes longer to look for.
    const processes = files.length === 0 || isOver ? [...processesOf(home.path).values()] : [];
    const remains = [...processes, ...files];
    if (remains.length === 0 || isOver) return remains;
    await sleep(50);
  }
}
