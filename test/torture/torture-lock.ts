import process from 'node:process';
import { type LockTrial, tryLock } from './try-lock.ts';
import { tryOverlap } from './try-overlap.ts';

const WAITERS = 20;
const KILLS = 100;
const STOPPED = 3;

const HEAD = '| round | kills | had it | next, p50 | p99 | slowest | time | problems |';

/** Tries it so many times, and prints a table in Markdown, two rows a round: all wait, and some of them are stopped. */
export async function tortureLock(rounds: number, signal: AbortSignal): Promise<void> {
  const codes = await tryOverlap(WAITERS);
  console.log(`${WAITERS} overlapping jobs, by exit code: ${JSON.stringify(codes)}`);
  if (codes['0'] !== 1 || codes['75'] !== WAITERS - 1) process.exitCode = 1;
  console.log(`\n${WAITERS} waiters, ${KILLS} SIGKILLs\n\n${HEAD}\n${HEAD.replaceAll(/[^|]+/g, ' --- ')}`);
  for (let round = 1; round <= rounds && !signal.aborted; round++) {
    tell(String(round), await tryLock(WAITERS, KILLS));
    tell(`${round}, ${STOPPED} stopped`, await tryLock(WAITERS, WAITERS, STOPPED));
  }
}

function tell(round: string, { had, waits, problems, ms }: LockTrial): void {
  const at = (share: number): string => `${(waits[Math.ceil(share * waits.length) - 1] ?? NaN).toFixed(0)} ms`;
  const cells = [round, waits.length, had, at(0.5), at(0.99), at(1), `${(ms / 1_000).toFixed(1)} s`];
  console.log(`| ${[...cells, problems.join('; ') || 'none'].join(' | ')} |`);
  if (problems.length > 0) process.exitCode = 1;
}
