import { readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { systemCodeOf } from '../errors.ts';
import { identityAt } from './open-folder.ts';

/** Where a path leads. */
export interface Destination {
  /** The path of the file itself, no link; for what is no plain file, such as a pipe, the path that was asked for. */
  readonly path: string;
  /** Undefined where nothing is there yet. */
  readonly stats: Stats | undefined;
}

/** As many as Linux follows. */
const MOST_LINKS = 40;

/**
 * Follows a path and every link on its way, also to a file that is not there yet.
 * @throws the system's error when there is no such folder, or it can't be looked into
 */
export function leadsTo(path: string): Destination {
  const stats = statsAt(path);
  // A pipe behind `/dev/stdout` has no path of its own.
  if (stats !== undefined) return { path: stats.isFile() ? realpathSync(path) : path, stats };
  let at = path;
  for (let links = 0; links < MOST_LINKS; links++) {
    const folder = realpathSync(dirname(at));
    const target = linkAt(join(folder, basename(at)));
    if (target === null) return { path: join(folder, basename(at)), stats };
    at = resolve(folder, target);
  }
  throw new Error('it is one of too many links');
}

/**
 * Whether two paths lead to one file, be it there or not yet. A device such as `/dev/null` may be read and written by
 * anybody: no two lead to it.
 */
export function leadToOneFile(one: string, other: string): boolean {
  const first = identityOf(one);
  return first !== null && first === identityOf(other);
}

/** Null for a device, and for what can't be looked at. */
function identityOf(path: string): string | null {
  try {
    const { path: file, stats } = leadsTo(path);
    if (stats?.isCharacterDevice() === true) return null;
    if (stats !== undefined) return identityAt(file);
    // Its folder may have several names, too.
    return `${identityAt(dirname(file))}/${basename(file)}`;
  } catch {
    return null;
  }
}

/** Undefined where nothing is there. Node 24's `throwIfNoEntry` takes a file in place of a folder for nothing, too. */
function statsAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** What a link says; null where there is none. */
function linkAt(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
