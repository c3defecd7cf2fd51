import { renameSync, rmSync } from 'node:fs';
import { messageOf } from '../../errors.ts';
import { type Database, type Driver, openDatabase } from './database.ts';

/** How the drivers say that a file is damaged, or none of theirs (SQLite's result codes 11 and 26). */
const DAMAGED = /malformed|not a database|file is encrypted/i;

/** What SQLite puts beside a database while it is open. */
const BESIDE = ['-wal', '-shm'];

export interface Healing {
  /** Makes what is to be in a database; may throw. */
  readonly make: (database: Database) => void;
  /** Told why a database was moved aside, and where to. */
  readonly onMoved: (error: unknown, to: string) => void;
}

/**
 * Opens a database that begins anew where its file turns out to be damaged, now or later: that is moved aside, in place
 * of one that was before.
 * @throws the database's error for whatever else is wrong with it
 */
export function openHealingDatabase(driver: Driver, path: string, { make, onMoved }: Healing): Database {
  let depth = 0;
  let current = healed(open);

  function open(): Database {
    const database = openDatabase(driver, path);
    try {
      make(database);
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
    onMoved(error, to);
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
