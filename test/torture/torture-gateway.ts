import process from 'node:process';
import { sentLate } from './follow-gateway.ts';
import { inParallel } from './in-parallel.ts';

/** Tries a round so many times, and tells which went wrong. @param what it is called */
export async function tortureGateway(
  what: string,
  tryRound: (round: number) => Promise<readonly string[]>,
  { rounds, jobs, signal }: { readonly rounds: number; readonly jobs: number; readonly signal: AbortSignal },
): Promise<void> {
  const start = performance.now();
  let tried = 0;
  let clean = 0;
  await inParallel(
    jobs,
    Array.from({ length: rounds }, (_, round) => async () => {
      const problems = await tryRound(round);
      tried++;
      if (problems.length === 0) clean++;
      else console.error(`${what}, round ${round}: ${problems.join('\n  ')}`);
    }),
    signal,
  );
  const minutes = ((performance.now() - start) / 60_000).toFixed(1);
  const late = `${sentLate()} requests were late (408) and sent again`;
  console.log(`${what}: ${clean} of ${tried} rounds clean, in ${minutes} min; ${late}`);
  if (clean < tried) process.exitCode = 1;
}
