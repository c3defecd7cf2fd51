import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCodeOf } from '../../errors.ts';

/** Where runs are kept, for their user alone. */
export interface StateFolder {
  readonly path: string;
  readonly database: string;
  readonly records: string;
  readonly owners: string;
}

/**
 * Makes the folders that are missing, 0700.
 * @throws the system's error where that can't be, an Error where others may read what is there or it is somebody else's
 */
export function openStateFolder(given: string): StateFolder {
  const path = openOwnFolder(given);
  return { path, database: databaseIn(path), records: madeIn(path, 'runs'), owners: madeIn(path, 'owners') };
}

/** Where the database of a state folder is, be it there or not. */
export function databaseIn(path: string): string {
  return join(path, 'index.db');
}

/** The folder for answers in a state folder, made where it is missing. @throws as `openStateFolder` */
export function openAnswersFolder(given: string): string {
  return madeIn(openOwnFolder(given), ANSWERS);
}

/** The folder for the locks of runs in a state folder, made where it is missing. @throws as `openStateFolder` */
export function openLocksFolder(given: string): string {
  return madeIn(openOwnFolder(given), 'locks');
}

/** Where answers are kept, be it there or not. */
export function answersFolder(given: string): string {
  return join(given, ANSWERS);
}

const ANSWERS = 'cache';

function openOwnFolder(given: string): string {
  makeFolder(given);
  const path = realpathSync(given);
  const { uid, mode } = statSync(path);
  if (process.getuid !== undefined && uid !== process.getuid()) throw new Error('it belongs to somebody else');
  if (process.getuid !== undefined && (mode & 0o077) !== 0)
    throw new Error(`others may look into it; "chmod 700" it, or name a folder for this alone`);
  return path;
}

function madeIn(path: string, name: string): string {
  const folder = join(path, name);
  makeFolder(folder);
  return folder;
}

/** Makes a folder with those above it. Node's own way of it never ends where `/proc` takes none (20.20). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error;
  }
}
