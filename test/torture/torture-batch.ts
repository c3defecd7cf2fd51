import process from 'node:process';
import { inParallel } from './in-parallel.ts';
import { tryBatch } from './try-batch.ts';

const ITEMS = 120;
const KILLS = 10;

const HEAD = '| batch | kills | done | uncertain | effects | time | problems |';

/** Kills batches so many times in all, so many batches at once, and prints a table in Markdown. */
export async function tortureBatch(kills: number, jobs: number, signal: AbortSignal): Promise<void> {
  console.log(`${ITEMS} items a batch, ${KILLS} kills each\n\n${HEAD}\n${HEAD.replaceAll(/[^|]+/g, ' --- ')}`);
  let [met, bad] = [0, 0];
  const batches = Array.from({ length: Math.ceil(kills / KILLS) }, (_, batch) => async () => {
    const trial = await tryBatch(ITEMS, KILLS, () => Math.random());
    const { done, uncertain, effects, problems, ms } = trial;
    met += trial.kills;
    bad += problems.length;
    const told = problems.length === 0 ? 'none' : problems.join('; ');
    console.log(
      `| ${batch + 1} | ${trial.kills} | ${done} | ${uncertain} | ${effects} | ${(ms / 1000).toFixed(1)} s | ${told} |`,
    );
  });
  await inParallel(jobs, batches, signal);
  console.log(`\n${met} kills, ${bad} problems`);
  if (bad > 0) process.exitCode = 1;
}
