import type { Database, Row, Value } from './database.ts';
import type { KeptRun } from '../run-entry.ts';
import type { RunIndex, Session } from '../run-index.ts';
import { beforeOf, conditionsOf } from './run-conditions.ts';
import { COLUMNS, columnsOf, entryOf, keptRunOf, stateOf } from './run-row.ts';

/** Whose runs they are: those of servers' callers, or those that their user ran from the command line. */
export type Face = 'server' | 'cli';

/** An index that others share. What there is too much of, and who is looked after, is a matter of one face's runs. */
export interface DiskIndex extends RunIndex {
  /** The ids of those who carried out runs that have not ended, or whose programs were not told of their end. */
  owners(): readonly string[];
  /** The runs of one of them that have not ended. */
  unfinished(owner: string): readonly KeptRun[];
  /** The runs of one of them that have ended, and whose programs are still to be told. */
  untold(owner: string): readonly KeptRun[];
  /** Makes a run that of whose index this is. */
  adopt(runId: string): void;
  /** Whether there is a run of that id, however old. */
  has(runId: string): boolean;
}

/** Sessions whose owners are known, the newest. */
const MOST_SESSIONS = 100_000;

/** Characters of a prompt, and of an answer, that can be searched in: an index of more takes its time. */
const MOST_SEARCHED = 20_000;

/**
 * What makes a database of each version one of the next, which it then bears the number of; the first is made of an empty
 * one. What was published is never changed: more is one more entry.
 */
const VERSIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE IF NOT EXISTS runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    asked TEXT NOT NULL,
    given_out TEXT NOT NULL,
    labels TEXT NOT NULL,
    request_key TEXT,
    digest TEXT NOT NULL,
    session_id TEXT,
    received_at TEXT NOT NULL,
    started_at TEXT,
    ended_at TEXT,
    ended TEXT,
    class TEXT,
    cost_usd REAL,
    turns INTEGER,
    tokens TEXT,
    messages INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    size INTEGER NOT NULL,
    failure TEXT,
    report TEXT
  )`,
    'CREATE UNIQUE INDEX IF NOT EXISTS runs_by_key ON runs (subject, request_key) WHERE request_key IS NOT NULL',
    'CREATE INDEX IF NOT EXISTS runs_by_subject ON runs (subject, id)',
    'CREATE INDEX IF NOT EXISTS runs_by_session ON runs (session_id)',
    'CREATE INDEX IF NOT EXISTS runs_by_end ON runs (ended_at, id, size)',
    "CREATE INDEX IF NOT EXISTS runs_unfinished ON runs (owner) WHERE state IN ('queued', 'running')",
    `CREATE TABLE IF NOT EXISTS sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session_id TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL
  )`,
  ],
  [
    'ALTER TABLE runs ADD COLUMN callback TEXT',
    "CREATE INDEX IF NOT EXISTS runs_untold ON runs (owner) WHERE callback = 'due'",
  ],
  [
    "ALTER TABLE runs ADD COLUMN face TEXT NOT NULL DEFAULT 'server'",
    'DROP INDEX IF EXISTS runs_by_end',
    'CREATE INDEX IF NOT EXISTS runs_by_end ON runs (face, ended_at, id, size)',
    // Pieces of three letters find a part of a word, in any script.
    "CREATE VIRTUAL TABLE IF NOT EXISTS texts USING fts5 (prompt, answer, tokenize = 'trigram')",
    `INSERT INTO texts (rowid, prompt, answer) SELECT ${textsOf('runs')} FROM runs WHERE report IS NOT NULL`,
    `CREATE TRIGGER IF NOT EXISTS runs_told AFTER UPDATE OF report ON runs WHEN new.report IS NOT NULL BEGIN
      DELETE FROM texts WHERE rowid = new.id;
      INSERT INTO texts (rowid, prompt, answer) VALUES (${textsOf('new')});
    END`,
    `CREATE TRIGGER IF NOT EXISTS runs_removed AFTER DELETE ON runs BEGIN
      DELETE FROM texts WHERE rowid = old.id;
    END`,
  ],
];

/** What is searched in of a row, as far as that goes: of what is longer, the beginning. */
function textsOf(row: string): string {
  const textAt = (column: string, path: string): string =>
    `substr(coalesce(json_extract(${row}.${column}, '$.${path}'), ''), 1, ${MOST_SEARCHED})`;
  return [`${row}.id`, textAt('asked', 'request.prompt'), textAt('report', 'result.summary')].join(', ');
}

const UNFINISHED = "state IN ('queued', 'running')";
const UNTOLD = "callback = 'due'";

/** Runs of a face that have ended, by an index of their own. */
const ENDED = 'face = ? AND ended_at IS NOT NULL';

/**
 * An index in a database that has its tables.
 * @param owner whose runs are those that are added
 * @param face which runs those are
 */
export function createDiskIndex(database: Database, owner: string, face: Face = 'server'): DiskIndex {
  const one = (sql: string, ...values: readonly Value[]): KeptRun | null => {
    const [row] = database.all(sql, ...values);
    return row === undefined ? null : keptRunOf(row);
  };
  const has = (runId: string): boolean =>
    database.all('SELECT 1 AS found FROM runs WHERE run_id = ?', runId).length > 0;
  const findKey = (subject: string, key: string): KeptRun | null =>
    one('SELECT * FROM runs WHERE subject = ? AND request_key = ?', subject, key);

  /** The ids of runs that are too many, or too old. */
  const surplus = (most: number, oldest: string): readonly string[] =>
    database
      .all(
        `SELECT run_id FROM runs WHERE ${ENDED} AND (
          ended_at <= ? OR id IN (SELECT id FROM runs WHERE ${ENDED} ORDER BY ended_at DESC, id DESC LIMIT -1 OFFSET ?)
        ) ORDER BY ended_at DESC, id DESC`,
        face,
        oldest,
        face,
        most,
      )
      .map((row) => String(row['run_id']));

  return {
    add: (run) =>
      database.together(() => {
        const known = run.key === null ? null : findKey(run.subject, run.key);
        if (known !== null) return known;
        const columns = { ...columnsOf(run), owner, face };
        const names = Object.keys(columns);
        const places = names.map(() => '?').join(', ');
        database.run(`INSERT INTO runs (${names.join(', ')}) VALUES (${places})`, ...Object.values(columns));
        return null;
      }),
    change(runId, change) {
      const columns = columnsOf(change);
      const settings = Object.keys(columns).map((name) => `${name} = ?`);
      if (settings.length === 0) return has(runId);
      return database.together(() => {
        database.run(`UPDATE runs SET ${settings.join(', ')} WHERE run_id = ?`, ...Object.values(columns), runId);
        return database.all('SELECT changes() AS rows')[0]?.['rows'] === 1;
      });
    },
    remove: (runId) => database.run('DELETE FROM runs WHERE run_id = ?', runId),
    find: (runId) => one('SELECT * FROM runs WHERE run_id = ?', runId),
    has,
    findKey,
    list(filter, limit, cursor) {
      const { conditions, values } = conditionsOf(filter, cursor);
      const rows = database.all(
        `SELECT id, ${COLUMNS.join(', ')} FROM runs WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ?`,
        ...values,
        limit + 1,
      );
      return { runs: rows.slice(0, limit).map(entryOf), next: nextOf(rows, limit) };
    },
    sessions(subject, limit, cursor) {
      const rows = database.all(
        `SELECT last.id, last.session_id, last.run_id, last.state, last.received_at AS last_at, runs, first_at, cost
        FROM (
          SELECT max(id) AS last_id, count(*) AS runs, min(received_at) AS first_at, total(cost_usd) AS cost
          FROM runs WHERE subject = ? AND session_id IS NOT NULL GROUP BY session_id
        ) JOIN runs AS last ON last.id = last_id
        WHERE last_id < ? ORDER BY last_id DESC LIMIT ?`,
        subject,
        beforeOf(cursor),
        limit + 1,
      );
      return { sessions: rows.slice(0, limit).map(sessionOf), next: nextOf(rows, limit) };
    },
    excess({ runs, bytes, ageMs }) {
      const oldest = new Date(Date.now() - ageMs).toISOString();
      const [sum] = database.all(`SELECT total(size) AS size FROM runs WHERE ${ENDED}`, face);
      // As a rule: to number and to add up a thousand runs takes seven times as long.
      if (Number(sum?.['size']) <= bytes) return { runs: surplus(runs, oldest), records: [] };
      const bounds = [runs, oldest, bytes];
      const rows = database.all(
        `SELECT run_id, nth > ? OR ended_at <= ? AS too_old, total > ? AND size > 0 AS too_large FROM (
          SELECT run_id, ended_at, size, row_number() OVER newest AS nth, sum(size) OVER newest AS total
          FROM runs WHERE ${ENDED}
          WINDOW newest AS (ORDER BY ended_at DESC, id DESC)
        ) WHERE nth > ? OR ended_at <= ? OR total > ? AND size > 0`,
        ...bounds,
        face,
        ...bounds,
      );
      const idsWhere = (column: string) => rows.filter((row) => row[column] === 1).map((row) => String(row['run_id']));
      return { runs: idsWhere('too_old'), records: idsWhere('too_large') };
    },
    ownerOf(sessionId) {
      const [row] = database.all('SELECT subject FROM sessions WHERE session_id = ?', sessionId);
      return row === undefined ? null : String(row['subject']);
    },
    claim: (sessionId, subject) =>
      database.together(() => {
        const [known] = database.all('SELECT subject FROM sessions WHERE session_id = ?', sessionId);
        database.run('DELETE FROM sessions WHERE session_id = ?', sessionId);
        database.run(
          'INSERT INTO sessions (session_id, subject) VALUES (?, ?)',
          sessionId,
          known?.['subject'] ?? subject,
        );
        database.run('DELETE FROM sessions WHERE id <= (SELECT max(id) FROM sessions) - ?', MOST_SESSIONS);
      }),
    owners: () =>
      [UNFINISHED, UNTOLD]
        .flatMap((condition) => database.all(`SELECT DISTINCT owner FROM runs WHERE ${condition} AND face = ?`, face))
        .map((row) => String(row['owner'])),
    unfinished: (of) =>
      database
        .all(`SELECT * FROM runs WHERE ${UNFINISHED} AND owner = ? AND face = ? ORDER BY id`, of, face)
        .map(keptRunOf),
    untold: (of) =>
      database
        .all(
          `SELECT * FROM runs WHERE ${UNTOLD} AND NOT ${UNFINISHED} AND owner = ? AND face = ? ORDER BY id`,
          of,
          face,
        )
        .map(keptRunOf),
    adopt: (runId) => database.run('UPDATE runs SET owner = ? WHERE run_id = ?', owner, runId),
    close: () => database.close(),
  };
}

/**
 * Makes what is to be in a database, also of one that an older sluice made.
 * @throws the database's error; an Error where a newer one made it
 */
export function makeTables(database: Database): void {
  const versionNow = (): number => Number(database.all('PRAGMA user_version')[0]?.['user_version']);
  // Who only looks waits for nobody who writes.
  if (versionNow() === VERSIONS.length) return;
  database.together(() => {
    const version = versionNow();
    if (version > VERSIONS.length) throw new Error('it was made by a newer sluice; use that, or another folder');
    for (const statement of VERSIONS.slice(version).flat()) database.run(statement);
    database.run(`PRAGMA user_version = ${VERSIONS.length}`);
  });
}

function nextOf(rows: readonly Row[], limit: number): string | null {
  const last = rows[limit - 1];
  return rows.length > limit && last !== undefined ? String(last['id']) : null;
}

function sessionOf(row: Row): Session {
  return {
    sessionId: String(row['session_id']),
    runs: Number(row['runs']),
    firstAt: String(row['first_at']),
    lastAt: String(row['last_at']),
    lastRunId: String(row['run_id']),
    lastState: stateOf(row['state']),
    costUsd: Number(row['cost']),
  };
}
