import process from 'node:process';
import { inParallel } from './in-parallel.ts';
import { BLOWS, tryQueue } from './try-queue.ts';

const ITEMS = 300;
const EACH = 25;

const HEAD = '| batch | blows | done | uncertain | effects | time | problems |';

/**
 * Deals so many blows in all to batches in queues, their workers and Redis, so many batches at once, and prints a table in
 * Markdown.
 */
export async function tortureQueue(blows: number, jobs: number, signal: AbortSignal): Promise<void> {
  console.log(`${ITEMS} items a batch, ${EACH} blows each: ${BLOWS.join(', ')}`);
  console.log(`\n${HEAD}\n${HEAD.replaceAll(/[^|]+/g, ' --- ')}`);
  let [dealt, bad] = [0, 0];
  const batches = Array.from({ length: Math.ceil(blows / EACH) }, (_, batch) => async () => {
    const chosen = Array.from({ length: EACH }, () => BLOWS[Math.floor(Math.random() * BLOWS.length)] ?? BLOWS[0]);
    const { done, uncertain, effects, problems, ms } = await tryQueue(ITEMS, chosen, () => Math.random());
    dealt += EACH;
    bad += problems.length;
    const told = problems.length === 0 ? 'none' : problems.join('; ');
    console.log(
      `| ${batch + 1} | ${EACH} | ${done} | ${uncertain} | ${effects} | ${(ms / 1000).toFixed(1)} s | ${told} |`,
    );
  });
  await inParallel(jobs, batches, signal);
  console.log(`\n${dealt} blows, ${bad} problems`);
  if (bad > 0) process.exitCode = 1;
}
