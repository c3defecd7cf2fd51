import { renameSync, rmSync } from 'node:fs';
import { messageOf, reasonOf } from '../../errors.ts';
import { type Database, type Driver, openDatabase } from './database.ts';
import { makeBookTables } from './disk-book.ts';
import { makeTables } from './disk-index.ts';

/** How the drivers say that a file is damaged, or none of theirs (SQLite's result codes 11 and 26). */
const DAMAGED = /malformed|not a database|file is encrypted/i;

/** What SQLite puts beside a database while it is open. */
const BESIDE = ['-wal', '-shm'];

/**
 * Opens the database of a state folder, with all that is to be in it. It begins anew where its file turns out to be
 * damaged, now or later: that is moved aside, in place of one that was before.
 * @param onFault told why it was moved, and where to
 * @throws the database's error for whatever else is wrong with it
 */
export function openRunsDatabase(driver: Driver, path: string, onFault: (error: unknown) => void): Database {
  let depth = 0;
  let current = healed(open);

  function open(): Database {
    const database = openDatabase(driver, path);
    try {
      makeTables(database);
      makeBookTables(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Does it once more where a file was damaged that isn't there any more. */
  function healed<Result>(act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      if (!DAMAGED.test(messageOf(error))) throw error;
      moveAside(error);
      return act();
    }
  }

  function moveAside(error: unknown): void {
    const to = `${path}.damaged`;
    renameSync(path, to);
    for (const name of BESIDE) rmSync(`${path}${name}`, { force: true });
    onFault(new Error(`${reasonOf(error)}; it was moved to ${to}`, { cause: error }));
  }

  /** The outermost call begins anew; what is in it fails with it. */
  function whole<Result>(act: (database: Database) => Result): Result {
    if (depth > 0) return act(current);
    depth++;
    try {
      return act(current);
    } catch (error) {
      if (!DAMAGED.test(messageOf(error))) throw error;
      current.close();
      moveAside(error);
      current = open();
      return act(current);
    } finally {
      depth--;
    }
  }

  return {
    all: (sql, ...values) => whole((database) => database.all(sql, ...values)),
    run: (sql, ...values) => whole((database) => database.run(sql, ...values)),
    together: (act) => whole((database) => database.together(act)),
    close: () => current.close(),
  };
}
