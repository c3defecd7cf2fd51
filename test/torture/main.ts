/**
 * Usage: npm run torture [-- --rounds N --claude 2.1.197|2.1.329|both --only ENDING… --kind KIND… --start START… --jobs N]
 *        npm run torture -- --ledger [--rounds N]
 *        npm run torture -- --lock [--rounds N]
 *        npm run torture -- --gateway [--rounds N --jobs N]
 *        npm run torture -- --replicas [--rounds N --jobs N]
 *        npm run torture -- --batch [--rounds N --jobs N]
 *        npm run torture -- --queue [--rounds N --jobs N]
 * Ends runs of the real claude in every way while they have every kind of child, and kills sluice in every way while it
 * starts one, each so many times (default 50); prints what was left: tables for each version. With --only or --kind, the
 * endings alone; with --start, the starts. Exits with 1 when anything was left. Ctrl-C ends it early, with the tables of
 * what was tried. Linux only. With --ledger, twenty processes that share a ledger book fifty jobs each, and eight of them
 * are killed; prints what they were told and what stands in it. With --lock, twenty wait for a lock, and a hundred times the one
 * that has it is killed. With --gateway, `sluice serve` alone: clients leave and come back, and it is killed with every second
 * round. With --replicas, two of it that share a Redis, of which one is killed with every round. With --batch, batches of items alone, which are killed so many times in all. With --queue, batches in queues, which
 * are disturbed so many times in all, or their workers or Redis are.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { installPeers } from '../peers/install.ts';
import { CLAUDE, VERSION } from '../support/claude.ts';
import { ENDINGS } from './endings.ts';
import { inParallel } from './in-parallel.ts';
import { KINDS } from './kinds.ts';
import { tortureLedger } from './torture-ledger.ts';
import { tortureLock } from './torture-lock.ts';
import { STARTS } from './starts.ts';
import { formatTable, type Tally } from './table.ts';
import { tortureBatch } from './torture-batch.ts';
import { tortureGateway } from './torture-gateway.ts';
import { tortureQueue } from './torture-queue.ts';
import { type Trial, tryCell } from './try-cell.ts';
import { tryGateway } from './try-gateway.ts';
import { tryReplicas } from './try-replicas.ts';
import { tryStart } from './try-start.ts';

const NEWEST = '2.1.332';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    claude: { type: 'string', default: 'both' },
    only: { type: 'string', multiple: true },
    kind: { type: 'string', multiple: true },
    start: { type: 'string', multiple: true },
    jobs: { type: 'string', default: '4' },
    ledger: { type: 'boolean', default: false },
    lock: { type: 'boolean', default: false },
    gateway: { type: 'boolean', default: false },
    replicas: { type: 'boolean', default: false },
    batch: { type: 'boolean', default: false },
    queue: { type: 'boolean', default: false },
  },
});

const endings = named(ENDINGS, values.only, 'ending');
const kinds = named(KINDS, values.kind, 'kind');
const starts = named(STARTS, values.start, 'start');
const endsAlone = values.only !== undefined || values.kind !== undefined;
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
const gatewayBounds = { rounds: Number(values.rounds), jobs: Number(values.jobs), signal: stop.signal };
if (values.ledger) await tortureLedger(Number(values.rounds), stop.signal);
if (values.lock) await tortureLock(Number(values.rounds), stop.signal);
if (values.gateway) await tortureGateway('gateway', tryGateway, gatewayBounds);
if (values.replicas) await tortureGateway('replicas', tryReplicas, gatewayBounds);
if (values.batch) await tortureBatch(Number(values.rounds), Number(values.jobs), stop.signal);
if (values.queue) await tortureQueue(Number(values.rounds), Number(values.jobs), stop.signal);
const isOther = values.ledger || values.lock || values.gateway || values.replicas || values.batch || values.queue;
for (const [version, claude] of isOther ? [] : claudes(values.claude)) {
  if (values.start === undefined) await torture(version, claude);
  if (!endsAlone) await tortureStarts(version, claude);
}

async function torture(version: string, claude: string): Promise<void> {
  const trials = new Map<string, Trial[]>();
  const trialsOf = (ending: string, kind: string): readonly Trial[] => trials.get(`${ending} x ${kind}`) ?? [];
  const jobs = Array.from({ length: Number(values.rounds) }, (_, round) =>
    kinds.flatMap((kind) =>
      endings.map((ending) => async () => {
        // Another moment each time, the same ones in each run of this.
        const trial = await tryCell(ending, kind, claude, (round * 37) % 300);
        const cell = `${ending.name} x ${kind.name}`;
        trials.set(cell, [...(trials.get(cell) ?? []), trial]);
        if (trial.problems.length > 0)
          console.error(`${version}, ${cell}, round ${round + 1}: ${trial.problems.join('\n  ')}`);
      }),
    ),
  );
  const start = performance.now();
  await inParallel(Number(values.jobs), jobs.flat(), stop.signal);
  const table = formatTable(
    endings.map(({ name }) => name),
    kinds.map(({ name }) => name),
    (ending, kind) => tallyOf(trialsOf(ending, kind)),
  );
  const all = [...trials.values()].flat();
  const { ok, total } = tallyOf(all);
  const minutes = ((performance.now() - start) / 60_000).toFixed(1);
  console.log(`\nclaude ${version}: ${ok} of ${total} clean, in ${minutes} min; slowest time until clean\n\n${table}`);
  if (ok < total) process.exitCode = 1;
}

async function tortureStarts(version: string, claude: string): Promise<void> {
  const clean = new Map<string, number[]>();
  const jobs = Array.from({ length: Number(values.rounds) }, (_, round) =>
    starts.map((start) => async () => {
      const left = await tryStart(start, claude, round);
      clean.set(start.name, [...(clean.get(start.name) ?? []), left.length === 0 ? 1 : 0]);
      if (left.length === 0) return;
      process.exitCode = 1;
      console.error(`${version}, ${start.name}, round ${round + 1}: ${left.join('\n  ')}`);
    }),
  );
  await inParallel(Number(values.jobs), jobs.flat(), stop.signal);
  console.log(`\nclaude ${version}: sluice killed while it starts\n`);
  for (const [name, tries] of clean) {
    console.log(`${name}: ${tries.reduce((sum, one) => sum + one, 0)} of ${tries.length} clean`);
  }
}

function tallyOf(trials: readonly Trial[]): Tally {
  const clean = trials.flatMap(({ problems, cleanAfter }) => (problems.length === 0 ? (cleanAfter ?? 0) : []));
  return { ok: clean.length, total: trials.length, slowest: clean.length === 0 ? null : Math.max(...clean) };
}

/** Those that are named, or all. */
function named<Row extends { readonly name: string }>(
  rows: readonly Row[],
  names: readonly string[] | undefined,
  what: string,
): readonly Row[] {
  return (
    names?.map((name) => {
      const row = rows.find((row) => row.name === name);
      if (row === undefined)
        throw new Error(`no ${what} "${name}"; there are ${rows.map((row) => row.name).join('; ')}`);
      return row;
    }) ?? rows
  );
}

function claudes(wanted: string): readonly (readonly [version: string, path: string])[] {
  const pinned = (): readonly [string, string] => [VERSION, CLAUDE];
  const newest = (): readonly [string, string] => [NEWEST, installPeers('newest')];
  if (wanted === 'both') return [pinned(), newest()];
  if (wanted === VERSION) return [pinned()];
  if (wanted === NEWEST) return [newest()];
  throw new Error(`no claude ${wanted} here; there are ${VERSION}, ${NEWEST} and both`);
}
