/*
 * Usage: tsx carry-items.ts FOLDER ITEMS
 * Carries out so many items of a file, as `sluice batch` does, but for claude, which answers at once and in this process.
 * Prints what it took, as JSON: milliseconds, of the processor too, and the most memory, in bytes.
 */
import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { carryOut } from '../../../src/batch/batch.ts';
import { createGovernor } from '../../../src/batch/governor.ts';
import { fingerprints } from '../../../src/batch/items/fingerprint.ts';
import { type Asked, itemOf } from '../../../src/batch/items/item-of.ts';
import { jsonRows } from '../../../src/batch/items/json-rows.ts';
import { keepTally } from '../../../src/batch/progress/tally.ts';
import { openStore } from '../../../src/batch/store.ts';
import type { Bundle } from '../../../src/outcome/bundle.ts';
import { collectBundle } from '../../../src/sinks/formats/bundle.ts';
import { keepHeapSteady } from '../../../src/system/steady-heap.ts';
import { success } from '../../unit/sinks/endings.ts';

const AT_ONCE = 16;

keepHeapSteady();

const [folder = '.', items = '0'] = process.argv.slice(2);
const path = join(folder, 'items.jsonl');
const start = performance.now();
const store = await openStore(join(folder, 'out.jsonl'), path);
const { observer, tally } = keepTally(() => performance.now());
const answer: Bundle = collectBundle().bundle(success());
const never = new AbortController().signal;
const base = {};
const recipe = {
  base,
  fingerprint: fingerprints(base),
  folder,
  variables: new Set<string>(),
  compose: async ({ prompt }: Asked) => ({ text: prompt ?? '' }),
  isSecret: () => false,
};

async function* rows() {
  const bytes = { chunks: createReadStream(path), size: statSync(path).size };
  for await (const row of jsonRows('items.jsonl', bytes)) yield 'problem' in row ? row : await itemOf(row, recipe);
}

await carryOut({
  ...store,
  rows: rows(),
  carrier: { carry: async () => answer, close: async () => {} },
  governor: createGovernor(AT_ONCE),
  observer,
  plan: { again: { failed: false, uncertain: false }, limit: Infinity, tries: 1, budgetUsd: Infinity },
  drain: never,
  stop: never,
});
const ms = performance.now() - start;
await store.close();
if (tally.done + tally.doneBefore !== Number(items)) throw new Error(`${tally.done} of ${items} were done`);
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
console.log(JSON.stringify({ ms, cpuMs: (userCPUTime + systemCPUTime) / 1000, peak: maxRSS * 1024 }));
