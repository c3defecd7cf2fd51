import { reasonOf } from '../../errors.ts';
import { makeBookTables } from './disk-book.ts';
import type { Database, Driver } from './database.ts';
import { makeTables } from './disk-index.ts';
import { openHealingDatabase } from './healing-database.ts';

/**
 * Opens the database of a state folder, with all that is to be in it.
 * @param onFault told where it had to begin anew
 * @throws the database's error
 */
export function openRunsDatabase(driver: Driver, path: string, onFault: (error: unknown) => void): Database {
  return openHealingDatabase(driver, path, {
    make(database) {
      makeTables(database);
      makeBookTables(database);
    },
    onMoved: (error, to) => onFault(new Error(`${reasonOf(error)}; it was moved to ${to}`, { cause: error })),
  });
}
