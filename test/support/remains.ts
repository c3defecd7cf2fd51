import { setTimeout as sleep } from 'node:timers/promises';
import { type Home, temporaryFilesOf } from './folder.ts';
import { processesOf } from './processes.ts';

/** How long what cleans up after a sluice may take, in milliseconds; people are told 10 s after a SIGKILL. */
const CLEANED_AFTER = 15_000;

/** Processes and temporary files of a home that are still there once all cleaning must be over: there should be none. */
export async function remainsOf(home: Home): Promise<readonly string[]> {
  const start = performance.now();
  let remains = look(home);
  while (remains.length > 0 && performance.now() - start < CLEANED_AFTER) {
    await sleep(50);
    remains = look(home);
  }
  return remains;
}

function look(home: Home): readonly string[] {
  return [...processesOf(home.path).values(), ...temporaryFilesOf(home)];
}
