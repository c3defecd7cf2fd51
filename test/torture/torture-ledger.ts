import process from 'node:process';
import { type LedgerTrial, tryLedger } from './try-ledger.ts';

const PROCESSES = 20;
const JOBS = 50;
const KILLED = 8;

const HEAD = '| round | booked | refused | settled | killed | requests | dollars | tokens | time | problems |';

/** Tries it so many times, and prints a table in Markdown, a row a round. */
export async function tortureLedger(rounds: number, signal: AbortSignal): Promise<void> {
  console.log(
    `${PROCESSES} processes, ${JOBS} jobs each, ${KILLED} killed\n\n${HEAD}\n${HEAD.replaceAll(/[^|]+/g, ' --- ')}`,
  );
  for (let round = 1; round <= rounds && !signal.aborted; round++) {
    const trial = await tryLedger(PROCESSES, JOBS, KILLED);
    console.log(rowOf(round, trial));
    if (trial.problems.length > 0) process.exitCode = 1;
  }
}

function rowOf(round: number, { booked, refused, settled, killed, used, ms, problems }: LedgerTrial): string {
  const { requests, usd, tokens } = used;
  const told = [round, booked, refused, settled, killed, requests, usd.toFixed(2), tokens];
  return `| ${[...told, `${(ms / 1_000).toFixed(1)} s`, problems.join('; ') || 'none'].join(' | ')} |`;
}
