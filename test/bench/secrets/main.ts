/**
 * Usage: npm run bench:secrets -- [caught] [wire] [corpora] [code] [speeds] [endurance] [--corpus DIR] [--seed TEXT]
 *   [--samples N] [--rounds N] [--misses]
 * Measures the parts named, or all, beside what peers there are, and prints tables in Markdown; the figures also go to a
 * file in test/bench/results. Secrets are drawn anew every time; --seed has those of an earlier run come back.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { VERSION } from '../../../src/version.ts';
import type { Bench, Chapter } from './chapter.ts';
import { measureCatches } from './chapters/caught.ts';
import { measureCode } from './chapters/code.ts';
import { measureCorpora } from './chapters/corpora.ts';
import { measureEndurance } from './chapters/endurance.ts';
import { measureSpeeds } from './chapters/speeds.ts';
import { measureWire } from './chapters/wire.ts';
import { formatSection } from './markdown.ts';
import { findPeers } from './scanners/peers.ts';
import { createSluice } from './scanners/sluice.ts';
import { readCode } from './texts/code.ts';

const PARTS: Readonly<Record<string, (bench: Bench) => Promise<Chapter>>> = {
  caught: measureCatches,
  wire: measureWire,
  corpora: measureCorpora,
  code: measureCode,
  speeds: measureSpeeds,
  endurance: measureEndurance,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    corpus: { type: 'string' },
    seed: { type: 'string', default: randomBytes(4).toString('hex') },
    samples: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    misses: { type: 'boolean', default: false },
  },
});
const { seed, corpus } = values;
const { peers, missing } = await findPeers();
const code = readCode();
if (code.length === 0) missing.push('there is no code to read: npx tsx test/peers/install.ts code');
const redactor = createRedactor({ env: {} });
const sluice = createSluice(redactor);
const [samples, rounds] = [Number(values.samples), Number(values.rounds)];
const bench: Bench = { redactor, sluice, peers, seed, samples, rounds, corpus, code };

const chapters: Chapter[] = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(PARTS)) {
  const measure = PARTS[name];
  if (measure === undefined) throw new Error(`there is no part ${name}; there are ${Object.keys(PARTS).join(', ')}`);
  console.error(`measuring ${name} …`);
  chapters.push(await measure(bench));
}

const sections = chapters.flatMap((chapter) => chapter.sections);
const machine = { platform: process.platform, node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length };
const file = `test/bench/results/secrets-${new Date().toISOString().replaceAll(':', '-')}.json`;
mkdirSync('test/bench/results', { recursive: true });
writeFileSync(file, `${JSON.stringify({ sluice: VERSION, machine, seed, sections }, null, 2)}\n`);

const names = peers.map(({ name }) => name);
const report = [
  `# Redaction, seed ${seed}`,
  ...sections.map((section) => formatSection(section, names)),
  ...chapters.flatMap(({ details }) => details),
  ...(values.misses ? chapters.flatMap(({ misses }) => misses) : []),
  ...missing,
  file,
];
console.log(report.join('\n\n'));
