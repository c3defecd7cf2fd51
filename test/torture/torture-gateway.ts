import process from 'node:process';
import { inParallel } from './in-parallel.ts';
import { tryGateway } from './try-gateway.ts';

/** Tries it so many times, and tells which rounds went wrong. */
export async function tortureGateway(rounds: number, jobs: number, signal: AbortSignal): Promise<void> {
  const start = performance.now();
  let tried = 0;
  let clean = 0;
  await inParallel(
    jobs,
    Array.from({ length: rounds }, (_, round) => async () => {
      const problems = await tryGateway(round);
      tried++;
      if (problems.length === 0) clean++;
      else console.error(`gateway, round ${round}: ${problems.join('\n  ')}`);
    }),
    signal,
  );
  const minutes = ((performance.now() - start) / 60_000).toFixed(1);
  console.log(`gateway: ${clean} of ${tried} rounds clean, in ${minutes} min`);
  if (clean < tried) process.exitCode = 1;
}
