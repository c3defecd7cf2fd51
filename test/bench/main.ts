/**
 * Usage: npm run bench -- [a] [b] [c] [d] [e] [f] [g] [h] [i] [j] [k] [l] [m]
 *        [--size MB]... [--rounds N] [--events N] [--claude PATH|newest]
 * Measures the parts named, or all, and prints a table; the figures also go to a file in test/bench/results.
 * Under another Node than the one that sluice was built with, run `node esbuild.precompile.js` with that one first.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { locateClaude } from '../../src/claude/start/locate.ts';
import { VERSION } from '../../src/version.ts';
import { installPeers } from '../peers/install.ts';
import { benchBatch } from './batch.ts';
import { withBenchFolder } from './bench-folder.ts';
import { benchCiLog } from './ci-log.ts';
import { benchCondense } from './condense.ts';
import { benchDelay } from './delay.ts';
import { type Figure, formatFigures } from './figure.ts';
import { benchHistory } from './history.ts';
import { benchKeptRuns } from './kept-runs.ts';
import { benchMemory } from './memory.ts';
import { benchPage } from './page.ts';
import { benchQueue } from './queue.ts';
import { benchStartUp } from './start-up.ts';
import { benchThroughput } from './throughput.ts';
import { benchWarmStart } from './warm-start.ts';
import { benchWholeRun } from './whole-run.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', multiple: true, default: ['200', '1000'] },
    rounds: { type: 'string' },
    events: { type: 'string', default: '1000' },
    claude: { type: 'string' },
  },
});

const figures = await withBenchFolder(async (folder) => {
  const parts: Record<string, () => Promise<Figure[]>> = {
    a: () => benchStartUp(folder, roundsOr(21)),
    b: () => benchWholeRun(folder, claudePath(), roundsOr(11)),
    c: () => benchThroughput(folder, values.size.map(Number), roundsOr(3)),
    d: () => benchDelay(folder, Number(values.events)),
    e: () => benchMemory(folder),
    f: () => benchWarmStart(folder, claudePath(), roundsOr(11)),
    g: () => benchKeptRuns(folder.path),
    h: () => benchCondense(folder, roundsOr(3)),
    i: () => benchCiLog(folder, roundsOr(9)),
    j: () => benchBatch(folder, claudePath(), roundsOr(5)),
    k: () => benchHistory(folder, roundsOr(9)),
    l: () => benchPage(folder),
    m: () => benchQueue(folder),
  };
  const named = positionals.length > 0 ? positionals : Object.keys(parts);
  const all: Figure[] = [];
  for (const name of named) {
    const part = parts[name];
    if (part === undefined) throw new Error(`there is no part ${name}; there are ${Object.keys(parts).join(', ')}`);
    console.error(`measuring ${name} …`);
    all.push(...(await part()));
  }
  return all;
});

const machine = { platform: process.platform, node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length };
const file = `test/bench/results/${new Date().toISOString().replaceAll(':', '-')}.json`;
mkdirSync('test/bench/results', { recursive: true });
writeFileSync(file, `${JSON.stringify({ sluice: VERSION, machine, figures }, null, 2)}\n`);
console.log(`${formatFigures(figures)}\n\n${file}`);

function roundsOr(usual: number): number {
  return values.rounds === undefined ? usual : Number(values.rounds);
}

function claudePath(): string {
  if (values.claude === 'newest') return installPeers('newest');
  return locateClaude({ explicit: values.claude, path: undefined, cwd: process.cwd() });
}
