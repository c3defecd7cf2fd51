import { createHash } from 'node:crypto';
import { type BigIntStats, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files and folders in a tree; a larger one is not looked through. */
const MOST_ENTRIES = 5_000;

/** What tells one state of a file from all others, without reading it; of a folder, which one it is. Null where there is none. */
export function stampOf(path: string): string | null {
  const stats = statsOf(path);
  return stats === null ? null : stampFrom(stats);
}

function stampFrom(stats: BigIntStats): string {
  const { dev, ino, size, mtimeNs, ctimeNs } = stats;
  return stats.isFile() ? [dev, ino, size, mtimeNs, ctimeNs].join(':') : `${dev}:${ino}`;
}

/**
 * The stamps of a file, or of a folder and all that is in it, links followed.
 * @throws RangeError for more than can be looked at
 */
export function treeOf(path: string): string[] {
  const stamps: string[] = [];
  const waiting = [path];
  const seen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const stats = statsOf(next);
    if (stats === null) continue;
    const stamp = stampFrom(stats);
    if (seen.has(stamp)) continue;
    seen.add(stamp);
    stamps.push(`${next} ${stamp}`);
    if (stamps.length > MOST_ENTRIES) throw new RangeError(`${path} holds more than ${MOST_ENTRIES} files`);
    if (!stats.isDirectory()) continue;
    const folder = next;
    waiting.push(...entriesOf(folder).map((name) => join(folder, name)));
  }
  return stamps;
}

/** The text of a small file; null where there is none, or a large one. */
export function textOf(path: string): string | null {
  const stats = statsOf(path);
  if (stats === null || !stats.isFile() || stats.size > MOST_READ) return null;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Bytes of a file that is read for what it names. */
const MOST_READ = 4n * 1024n * 1024n;

export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

function statsOf(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

function entriesOf(path: string): string[] {
  try {
    return readdirSync(path).toSorted();
  } catch {
    return [];
  }
}
