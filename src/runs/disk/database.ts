import { accessSync, constants, statSync } from 'node:fs';
import { basename } from 'node:path';
import process from 'node:process';
import type Libsql from 'libsql';
import { reasonOf, SluiceError, systemCodeOf } from '../../errors.ts';

/** What stands in a column. */
export type Value = string | number | null;

export type Row = Readonly<Record<string, Value>>;

/** A database in a file, whoever reads and writes it. Every call throws the database's error where it fails. */
export interface Database {
  /** The rows that a statement gives; `?` stand for the values, in order. */
  all(sql: string, ...values: readonly Value[]): readonly Row[];
  run(sql: string, ...values: readonly Value[]): void;
  /** Runs a transaction: all of it is done or nothing, and no other process writes meanwhile. */
  together<Result>(act: () => Result): Result;
  close(): void;
}

/** One of the programs that read and write such files. */
export interface Driver {
  readonly name: 'node:sqlite' | 'libsql';
  open(path: string): Connection;
}

/** What both drivers have. */
export interface Connection {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): unknown;
}

interface Statement {
  all(...values: readonly Value[]): unknown[];
  run(...values: readonly Value[]): unknown;
}

/** What to do where Node has no database. */
const REMEDY =
  'use Node 22.13 or newer, or say "npm install libsql@0.5" in the clone of sluice, with -g where it came as a package';

/** Milliseconds to wait for a locked database; the whole process waits as long. */
const BUSY_MS = 1_000;

/**
 * The drivers there are, the best first: Node's own, from 22.13 on, and libsql where it is installed, which takes 70 ms
 * to load.
 */
export async function* drivers(): AsyncGenerator<Driver, void, undefined> {
  const own = await import('node:sqlite').catch(() => null);
  if (own !== null) yield { name: 'node:sqlite', open: (path) => new own.DatabaseSync(path) };
  const libsql = await import('libsql').catch(() => null);
  if (libsql !== null) yield { name: 'libsql', open: (path) => connectionOf(new libsql.default(path)) };
}

function connectionOf(database: Libsql.Database): Connection {
  return {
    exec: (sql) => database.exec(sql),
    prepare: (sql) => database.prepare<Value[]>(sql),
    close: () => database.close(),
  };
}

/** @throws SluiceError `usage` where there is none */
export async function findDriver(): Promise<Driver> {
  for await (const driver of drivers()) return driver;
  throw new SluiceError('usage', `this Node (${process.version}) has no SQLite, in which runs are kept: ${REMEDY}`);
}

/** What is set where a database is opened to be written, and where it is opened for a look. */
const PRAGMAS = {
  write: [`busy_timeout = ${BUSY_MS}`, 'journal_mode = WAL', 'synchronous = NORMAL'],
  look: [`busy_timeout = ${BUSY_MS}`, 'query_only = ON'],
};

/**
 * Opens a database, or makes it. Others may have it open, too.
 * @param purpose with `look`, nothing that stands in it can be changed
 * @throws the driver's error, or why its file can't be used
 */
export function openDatabase(driver: Driver, path: string, purpose: keyof typeof PRAGMAS = 'write'): Database {
  const connection = connect(driver, path);
  const statements = new Map<string, Statement>();

  function prepared(sql: string): Statement {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }

  try {
    for (const pragma of PRAGMAS[purpose]) prepared(`PRAGMA ${pragma}`).all();
  } catch (error) {
    connection.close();
    throw error;
  }

  let isOpen = false;

  function rollBack(): void {
    try {
      connection.exec('ROLLBACK');
    } catch {
      // It was, as where the disk is full: that is what went wrong.
    }
  }

  function together<Result>(act: () => Result): Result {
    if (isOpen) return act();
    connection.exec('BEGIN IMMEDIATE');
    isOpen = true;
    try {
      const result = act();
      connection.exec('COMMIT');
      return result;
    } catch (error) {
      rollBack();
      throw error;
    } finally {
      isOpen = false;
    }
  }

  return {
    // What a statement gives are rows of what was put there.
    all: (sql, ...values) => prepared(sql).all(...values) as Row[],
    // A prepared statement that fails at a lock is never reset (libsql 0.5.29), and keeps all others from being committed.
    run: (sql, ...values) => together(() => void prepared(sql).run(...values)),
    together,
    close() {
      statements.clear();
      connection.close();
    },
  };
}

/** The drivers have one word for all that keeps a file from being opened: the system has better ones. */
function connect(driver: Driver, path: string): Connection {
  try {
    return driver.open(path);
  } catch (error) {
    const why = whyClosed(path);
    throw why === null ? error : new Error(`${basename(path)} in it ${why}`, { cause: error });
  }
}

/**
 * Why a file can't be read and written; null where it can be, or is not there. Without opening it: to close it would drop
 * the locks that this process has on it (fcntl(2)).
 */
function whyClosed(path: string): string | null {
  try {
    if (statSync(path).isDirectory()) return 'is a folder, where a database would be; move it away';
    accessSync(path, constants.R_OK | constants.W_OK);
    return null;
  } catch (error) {
    return systemCodeOf(error) === 'ENOENT' ? null : `can't be opened: ${reasonOf(error)}`;
  }
}
