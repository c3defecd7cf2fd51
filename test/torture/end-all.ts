import process from 'node:process';
import { type Trace, tracked } from './traces.ts';

/** Kills what is left of a run. */
export function endAll(trace: Trace): void {
  for (const { pid } of tracked(trace)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }
}
