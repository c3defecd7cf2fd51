import { getEventListeners } from 'node:events';
import { readdirSync } from 'node:fs';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Place } from '../torture/place.ts';
import { processIds } from '../support/processes.ts';
import { descendantsOf, processesOf } from '../torture/process-table.ts';
import { tracked } from '../torture/traces.ts';

/** What this process has at a moment, each a number. */
export interface Holdings {
  readonly 'open descriptors': number;
  readonly 'temporary files': number;
  readonly processes: number;
  readonly 'event listeners': number;
  readonly 'active resources': number;
  readonly 'heap in MiB': number;
  readonly 'RSS in MiB': number;
}

type Holding = keyof Holdings;

/** By how much each may be more than before; memory breathes. */
const SLACK: Holdings = {
  'open descriptors': 0,
  'temporary files': 0,
  processes: 0,
  'event listeners': 0,
  'active resources': 0,
  'heap in MiB': 8,
  'RSS in MiB': 48,
};

/** What this process has now, all garbage collected; `signal` is the one that all runs were given. */
export function holdingsNow(place: Place, signal: AbortSignal): Holdings {
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  const below = descendantsOf(process.pid, processesOf(processIds()));
  const elsewhere = tracked({ place, marker: null, seen: [] }).filter(({ pid }) =>
    below.every((one) => one.pid !== pid),
  );
  return {
    'open descriptors': readdirSync('/proc/self/fd').length,
    'temporary files': readdirSync(place.temporary, { recursive: true }).length,
    processes: below.length + elsewhere.length,
    'event listeners': listenersOf(process) + getEventListeners(signal, 'abort').length,
    'active resources': process.getActiveResourcesInfo().length,
    'heap in MiB': inMebibytes(heapUsed),
    'RSS in MiB': inMebibytes(rss),
  };
}

/** What is more than before, by more than it may be. */
export function grown(before: Holdings, now: Holdings): readonly Holding[] {
  return HOLDINGS.filter((name) => now[name] > before[name] + SLACK[name]);
}

/** A table in Markdown: a row a holding, a column a moment. */
export function formatHoldings(columns: readonly (readonly [when: string, held: Holdings])[]): string {
  const rows = HOLDINGS.map((name) => [name, ...columns.map(([, held]) => String(held[name])), `+${SLACK[name]}`]);
  const head = ['', ...columns.map(([when]) => when), 'may grow by'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const HOLDINGS: readonly Holding[] = [
  'open descriptors',
  'temporary files',
  'processes',
  'event listeners',
  'active resources',
  'heap in MiB',
  'RSS in MiB',
];

function listenersOf(emitter: NodeJS.EventEmitter): number {
  return emitter.eventNames().reduce((count, name) => count + emitter.listenerCount(name), 0);
}

function inMebibytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');
