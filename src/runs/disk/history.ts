import { existsSync, statSync } from 'node:fs';
import { endingEvent, eventLine } from '../../sinks/formats/ndjson.ts';
import { rounded } from '../../quotas/book.ts';
import { type KeptRun, type RunEntry } from '../run-entry.ts';
import type { KeepLimits } from '../run-index.ts';
import { type Database, findDriver, openDatabase, type Row, type Value } from './database.ts';
import type { Face } from './disk-index.ts';
import { readPieces } from './read-pieces.ts';
import { type Conditions, conditionsOf, type HistoryFilter } from './run-conditions.ts';
import { COLUMNS, entryOf, keptRunOf } from './run-row.ts';
import { recordFilesIn } from './record-files.ts';
import { removeStrays } from './remove-strays.ts';
import { openState, type StateOptions } from './open-state.ts';
import { databaseIn } from './state-folder.ts';

/** All runs that a state folder remembers, for its user: those of the command line and those of servers. */
export interface History {
  /** The newest first, and whether there are more. */
  list(filter: HistoryFilter, limit: number): { readonly runs: readonly PastRun[]; readonly more: boolean };
  /** Runs whose ids begin so, the newest first; no more of them than are needed to see that it is several. */
  find(prefix: string): readonly FoundRun[];
  /** What runs cost, by what they have in common. */
  costs(filter: HistoryFilter, by: CostsBy): CostsTable;
  /** The recording of a run; where its messages are kept no more, what it came to. Null where there is neither. */
  recording(run: FoundRun): AsyncIterable<Uint8Array> | null;
  /** Removes runs of the command line that there is no room for. */
  prune(limits: KeepLimits): Pruned;
  close(): void;
}

/** A run as it is listed. */
export interface PastRun extends RunEntry {
  readonly face: Face;
  /** That which claude named at its start; null until then. */
  readonly model: string | null;
  /** How long it took, in milliseconds; null until that is known. */
  readonly executionTime: number | null;
}

/** A run as it is found by its id. */
export interface FoundRun extends KeptRun {
  readonly face: Face;
}

/** What runs can have in common. */
export type CostsBy = 'day' | 'label' | 'model' | 'class' | 'folder';

/** What some runs cost. */
export interface Costs {
  /** What they have in common; null where that is nothing. */
  readonly of: string | null;
  /** Dollars, by claude's own estimate; a run whose cost is not known adds none. */
  readonly usd: number;
  readonly runs: number;
}

export interface CostsTable {
  /** Those of the largest number of dollars first, but days in their order. */
  readonly groups: readonly Costs[];
  /** All of them: a run may be in several groups. */
  readonly total: Omit<Costs, 'of'>;
}

/** What was forgotten. */
export interface Pruned {
  /** Runs that are forgotten. */
  readonly runs: number;
  /** Those of which only what they came to is kept. */
  readonly records: number;
  /** Bytes of records that were removed. */
  readonly bytes: number;
}

/** That many runs of one beginning are found. */
const MOST_FOUND = 5;

/**
 * Opens the runs of a state folder for a look, and sees to runs of the command line whose processes died.
 * @throws SluiceError `usage` where there is no database to be had, or the folder can't be used
 */
export async function openHistory(options: StateOptions): Promise<History> {
  const as = { face: 'cli', adds: false, failure: 'cannot be read' } as const;
  return openState(options, as, async ({ folder, database, index, seeToDead }) => {
    const records = recordFilesIn(folder.records);
    if (index.owners().length > 0) await seeToDead();
    return {
      list: (filter, limit) => list(database, filter, limit),
      find: (prefix) =>
        database
          .all(
            'SELECT * FROM runs WHERE run_id >= ? AND run_id < ? ORDER BY id DESC LIMIT ?',
            prefix,
            `${prefix}g`,
            MOST_FOUND,
          )
          .map((row) => ({ ...keptRunOf(row), face: faceOf(row) })),
      costs(filter, by) {
        const { of, from, usd } = GROUPS[by];
        const conditions = conditionsOf(filter, null);
        const sums = (column: string): string => `total(${column}) AS usd, count(DISTINCT runs.id) AS runs`;
        const order = by === 'day' ? '1' : '2 DESC, 1';
        const groups = rows(
          database,
          conditions,
          `${of} AS of, ${sums(usd)} FROM ${from}`,
          `GROUP BY 1 ORDER BY ${order}`,
        );
        const [total = {}] = rows(database, conditions, `${sums('cost_usd')} FROM runs`, '');
        return {
          groups: groups.map((row) => ({ of: textOf(row['of']), ...costsOf(row) })),
          total: costsOf(total),
        };
      },
      recording(run) {
        if (run.size > 0 && statSync(records.pathOf(run.runId), { throwIfNoEntry: false }) !== undefined)
          return readPieces(records.pathOf(run.runId));
        return run.report === null ? null : lineOf(eventLine(endingEvent(run.report, run.sequence + 1)));
      },
      prune(limits) {
        const excess = index.excess(limits);
        const gone = [...new Set([...excess.runs, ...excess.records])];
        const bytes = gone.reduce((sum, runId) => sum + (index.find(runId)?.size ?? 0), 0);
        database.together(() => {
          for (const runId of excess.runs) index.remove(runId);
          for (const runId of excess.records) index.change(runId, { size: 0 });
        });
        for (const runId of gone) records.remove(runId);
        removeStrays(index, records, limits);
        const forgotten = new Set(excess.runs);
        return {
          runs: forgotten.size,
          records: excess.records.filter((runId) => !forgotten.has(runId)).length,
          bytes,
        };
      },
      close: () => database.close(),
    };
  });
}

/**
 * The newest runs of a state folder, for a look that changes nothing: no folder, table or run is made or mended. None where
 * there is no database that this version can read as it is.
 */
export async function newestRuns(
  { folder, driver }: Omit<StateOptions, 'onFault'>,
  limit: number,
): Promise<readonly PastRun[]> {
  const path = databaseIn(folder);
  if (!existsSync(path)) return [];
  try {
    const database = openDatabase(driver ?? (await findDriver()), path, 'look');
    try {
      return list(database, {}, limit).runs;
    } finally {
      database.close();
    }
  } catch {
    return [];
  }
}

function list(database: Database, filter: HistoryFilter, limit: number): ReturnType<History['list']> {
  const columns = ['id', 'face', ...OF_REPORT, ...COLUMNS].join(', ');
  const conditions = conditionsOf(filter, null);
  const found = rows(database, conditions, `${columns} FROM runs`, 'ORDER BY id DESC LIMIT ?', limit + 1);
  return { runs: found.slice(0, limit).map(pastRunOf), more: found.length > limit };
}

function rows(
  database: Database,
  { conditions, values }: Conditions,
  select: string,
  rest: string,
  ...more: readonly number[]
): readonly Row[] {
  return database.all(`SELECT ${select} WHERE ${conditions.join(' AND ')} ${rest}`, ...values, ...more);
}

interface Group {
  /** What runs have in common. */
  readonly of: string;
  readonly from: string;
  /** The column of the dollars. */
  readonly usd: string;
}

const OWN_COST = { from: 'runs', usd: 'cost_usd' };

/** A run with several labels or models is in several groups: what each model cost is known, labels share nothing. */
const GROUPS: Readonly<Record<CostsBy, Group>> = {
  day: { ...OWN_COST, of: "date(received_at, 'localtime')" },
  label: {
    of: "label.key || '=' || label.value",
    from: 'runs LEFT JOIN json_each(runs.labels) AS label',
    usd: 'cost_usd',
  },
  model: {
    of: "coalesce(spent.key, json_extract(report, '$.claude.model'))",
    from: "runs LEFT JOIN json_each(runs.report, '$.modelUsage') AS spent",
    usd: "CASE WHEN spent.key IS NULL THEN cost_usd ELSE json_extract(spent.value, '$.costUSD') END",
  },
  class: { ...OWN_COST, of: 'class' },
  folder: { ...OWN_COST, of: "json_extract(asked, '$.cwd')" },
};

/** What is listed of a run's report, which is long. */
const OF_REPORT = [
  "json_extract(report, '$.claude.model') AS model",
  "json_extract(report, '$.executionTime') AS execution_time",
];

function pastRunOf(row: Row): PastRun {
  const { execution_time: time = null } = row;
  return {
    ...entryOf(row),
    face: faceOf(row),
    model: textOf(row['model']),
    executionTime: time === null ? null : Number(time),
  };
}

function textOf(value: Value | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function costsOf({ usd, runs }: Row): Omit<Costs, 'of'> {
  return { usd: rounded(Number(usd)), runs: Number(runs) };
}

function faceOf({ face }: Row): Face {
  return face === 'cli' ? 'cli' : 'server';
}

async function* lineOf(line: string): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from(line);
}
