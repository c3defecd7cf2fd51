import type { Database, Row, Value } from './database.ts';
import type { Amounts, Entry, SharedBook, Used } from '../../quotas/book.ts';

const TABLES = [
  `CREATE TABLE IF NOT EXISTS entries (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    state TEXT NOT NULL,
    account TEXT NOT NULL,
    at INTEGER NOT NULL,
    day TEXT NOT NULL,
    requests INTEGER NOT NULL,
    micro_usd INTEGER NOT NULL,
    tokens INTEGER NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS entries_by_account ON entries (account, at)',
  `CREATE TABLE IF NOT EXISTS used (
    account TEXT NOT NULL,
    day TEXT NOT NULL,
    requests INTEGER NOT NULL,
    micro_usd INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    PRIMARY KEY (account, day)
  )`,
];

/** Makes the tables that are missing: one without them is as good as an older one. @throws the database's error */
export function makeBookTables(database: Database): void {
  const made = database.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('entries', 'used')");
  if (made.length === 2) return;
  database.together(() => {
    for (const table of TABLES) database.run(table);
  });
}

const GOES_ON = "state IN ('open', 'owed')";

/**
 * A book in a database that has its tables. Dollars stand there in millionths, whole numbers whose sums are exact.
 * @param owner whose entries are those that are added
 */
export function createDiskBook(database: Database, owner: string): SharedBook {
  function settle(id: string, { usd, tokens }: Used): void {
    database.together(() => {
      const [row] = database.all("SELECT * FROM entries WHERE id = ? AND state <> 'ended'", id);
      if (row === undefined) return;
      const { account, day, reserved } = entryOf(row);
      database.run("UPDATE entries SET state = 'ended' WHERE id = ?", id);
      database.run(
        `INSERT INTO used VALUES (?, ?, ?, ?, ?) ON CONFLICT (account, day) DO UPDATE SET
          requests = requests + excluded.requests,
          micro_usd = micro_usd + excluded.micro_usd,
          tokens = tokens + excluded.tokens`,
        account,
        day,
        ...valuesOf({ requests: 1, usd: usd ?? reserved.usd, tokens }),
      );
    });
  }

  return {
    together: (act) => database.together(act),
    add: ({ id, account, at, day, reserved, isOwed = false }) =>
      database.run(
        'INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        id,
        owner,
        isOwed ? 'owed' : 'open',
        account,
        at,
        day,
        ...valuesOf(reserved),
      ),
    remove: (id) => database.run('DELETE FROM entries WHERE id = ?', id),
    settle,
    open: (account) => database.all(`SELECT * FROM entries WHERE account = ? AND ${GOES_ON}`, account).map(entryOf),
    used(account, first, last) {
      const [row = {}] = database.all(
        `SELECT sum(requests) AS requests, sum(micro_usd) AS micro_usd, sum(tokens) AS tokens
        FROM used WHERE account = ? AND day BETWEEN ? AND ?`,
        account,
        first,
        last,
      );
      return amountsOf(row);
    },
    begun: (account, after, upTo) =>
      database
        .all('SELECT at FROM entries WHERE account = ? AND at > ? AND at <= ? ORDER BY at', account, after, upTo)
        .map(({ at }) => Number(at)),
    forget: (after, upTo, day) =>
      database.together(() => {
        database.run("DELETE FROM entries WHERE state = 'ended' AND (at <= ? OR at > ?)", after, upTo);
        database.run("DELETE FROM entries WHERE state = 'abandoned' AND day < ?", day);
        database.run('DELETE FROM used WHERE day < ?', day);
      }),
    others: () =>
      database
        .all(`SELECT DISTINCT owner FROM entries WHERE ${GOES_ON} AND owner <> ?`, owner)
        .map((row) => String(row['owner'])),
    abandon: (of) =>
      database.together(() => {
        for (const { id } of database.all("SELECT id FROM entries WHERE owner = ? AND state = 'owed'", of))
          settle(String(id), { usd: null, tokens: 0 });
        database.run("UPDATE entries SET state = 'abandoned' WHERE owner = ? AND state = 'open'", of);
      }),
  };
}

function entryOf(row: Row): Entry {
  return {
    id: String(row['id']),
    account: String(row['account']),
    at: Number(row['at']),
    day: String(row['day']),
    reserved: amountsOf(row),
  };
}

const MICRO = 1_000_000;

function valuesOf({ requests, usd, tokens }: Amounts): readonly Value[] {
  return [requests, Math.min(Math.round(usd * MICRO), Number.MAX_SAFE_INTEGER), tokens];
}

function amountsOf(row: Row): Amounts {
  const [requests = 0, micros = 0, tokens = 0] = ['requests', 'micro_usd', 'tokens'].map((name) => Number(row[name]));
  return { requests, usd: micros / MICRO, tokens };
}
