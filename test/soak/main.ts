/**
 * Usage: npm run soak [-- --runs N --parallel N --batches N --seed TEXT]
 * Makes runs with the built library in one process, most of them with a fault: 300 one after the other, then 20 times 20
 * at once. Prints what the process holds before, that is after a warm-up, and afterwards; exits with 1 when it is more,
 * or when a run ended as it should not. Linux only.
 */
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createRandom } from '../bench/secrets/random.ts';
import { makePlace } from '../torture/place.ts';
import { FAKE_FAULTS, type Fault, REAL_FAULTS } from './faults.ts';
import { formatHoldings, grown, holdingsNow, type Holdings } from './holdings.ts';
import { runFault } from './run-fault.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '300' },
    parallel: { type: 'string', default: '20' },
    batches: { type: 'string', default: '20' },
    seed: { type: 'string', default: 'soak' },
  },
});

/** Every how many-th run is one of the real claude. */
const REAL_SHARE = 10;

/** How long what is on its way out may take, in milliseconds. */
const SETTLING_MS = 10_000;

const random = createRandom(values.seed);
const place = makePlace();
process.env['TMPDIR'] = place.temporary;
const { signal } = new AbortController();
const counts = new Map<string, number>();
const problems: string[] = [];

try {
  const start = performance.now();
  const fresh = holdingsNow(place, signal);
  for (const fault of [...FAKE_FAULTS, ...REAL_FAULTS]) await make(fault);
  await atOnce();
  await sleep(SETTLING_MS);
  const warm = holdingsNow(place, signal);

  for (let run = 0; run < Number(values.runs); run++) await make(drawn());
  const sequence = await settled(warm);

  for (let batch = 0; batch < Number(values.batches); batch++) await atOnce();
  const parallel = await settled(warm);

  const columns: readonly (readonly [string, Holdings])[] = [
    ['at the start', fresh],
    ['after the warm-up', warm],
    [`after ${values.runs} in sequence`, sequence],
    [`after ${values.batches} x ${values.parallel} at once`, parallel],
  ];
  console.log(formatHoldings(columns));
  for (const [when, after] of columns) {
    for (const name of grown(warm, after)) problems.push(`${name}, ${when}: ${after[name]}, not ${warm[name]}`);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const minutes = ((performance.now() - start) / 60_000).toFixed(1);
  console.log(
    `\n${total} runs in ${minutes} min: ${[...counts].map(([name, count]) => `${name} ${count}`).join(', ')}`,
  );
} finally {
  place.remove();
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

async function atOnce(): Promise<void> {
  await Promise.all(Array.from({ length: Number(values.parallel) }, () => make(drawn())));
}

async function make(fault: Fault): Promise<void> {
  counts.set(fault.name, (counts.get(fault.name) ?? 0) + 1);
  const problem = await runFault(fault, place, signal);
  if (problem !== null) problems.push(problem);
}

function drawn(): Fault {
  return random.pick(random.int(1, REAL_SHARE) === 1 ? REAL_FAULTS : FAKE_FAULTS);
}

/** What is held once it is no more than before, or once that was waited for long enough. */
async function settled(before: Holdings): Promise<Holdings> {
  const start = performance.now();
  let now = holdingsNow(place, signal);
  for (; grown(before, now).length > 0 && performance.now() - start < SETTLING_MS; now = holdingsNow(place, signal)) {
    await sleep(500);
  }
  return now;
}
