import { closeSync, openSync, readdirSync, readSync, type Stats, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parsedJson } from '../parsed-json.ts';
import { uuid } from '../request/kinds/texts.ts';
import { realPathOf } from '../system/real-path.ts';
import { configFolder, type Place } from './start/config-folder.ts';

/** How a session began. */
interface Beginning {
  readonly folder: string | null;
  /** Epoch milliseconds. */
  readonly at: number | null;
}

/**
 * The folder that a session belongs to, when that is another one: claude finds sessions by the folder that it is started
 * in (2.1.197), and keeps them under a name from which that can't be told. Null where there is none, or none to be known.
 */
export function folderElsewhere(sessionId: string, place: Place): string | null {
  const here = realPathOf(place.cwd) ?? place.cwd;
  const folders = beginningsOf(sessionId, place)
    .map(({ folder }) => folder)
    .filter((folder) => folder !== null);
  return folders.some((folder) => (realPathOf(folder) ?? folder) === here) ? null : (folders[0] ?? null);
}

/** Whether there is a transcript of a session, whatever folder it is of. */
export function hasTranscript(sessionId: string, place: Place): boolean {
  return beginningsOf(sessionId, place).length > 0;
}

/** Whether a session is known to have begun at some time or later. */
export function beganSince(time: number, sessionId: string, place: Place): boolean {
  const times = beginningsOf(sessionId, place).map(({ at }) => at);
  return times.length > 0 && times.every((at) => at !== null && at >= time);
}

/** How many transcripts are looked into for those of one folder, and how many of them are told. */
const MOST_LOOKED_INTO = 50;
const MOST_TOLD = 10;

/** The sessions that began in a folder, the newest first. */
export function sessionsIn(place: Place): string[] {
  const here = realPathOf(place.cwd) ?? place.cwd;
  const projects = join(configFolder(place), 'projects');
  const transcripts = entriesOf(projects)
    .flatMap((project) => entriesOf(join(projects, project)).map((name) => join(projects, project, name)))
    .filter((file) => uuid.is(basename(file, '.jsonl')) && file.endsWith('.jsonl'))
    .flatMap((file) => ({ file, changed: statsOf(file)?.mtimeMs ?? 0 }))
    .sort((one, other) => other.changed - one.changed)
    .slice(0, MOST_LOOKED_INTO);
  const own = transcripts.filter(({ file }) => {
    const { folder } = readBeginning(file);
    return folder !== null && (realPathOf(folder) ?? folder) === here;
  });
  return own.slice(0, MOST_TOLD).map(({ file }) => basename(file, '.jsonl'));
}

/** What the transcripts of a session tell, the newest first: each folder that it was gone on with in has one (2.1.332). */
function beginningsOf(sessionId: string, place: Place): Beginning[] {
  // A name of a file must not lead elsewhere.
  if (!uuid.is(sessionId)) return [];
  const projects = join(configFolder(place), 'projects');
  return entriesOf(projects)
    .map((name) => join(projects, name, `${sessionId}.jsonl`))
    .flatMap((file) => {
      const stats = statsOf(file);
      return stats?.isFile() === true ? { file, changed: stats.mtimeMs } : [];
    })
    .sort((one, other) => other.changed - one.changed)
    .map(({ file }) => readBeginning(file));
}

/** Bytes of a transcript that are looked at: its first lines, of which one is the first prompt. */
const MOST_READ = 1024 * 1024;

/** By the first lines that tell. */
function readBeginning(file: string): Beginning {
  let [folder, at]: [string | null, number | null] = [null, null];
  for (const line of firstBytes(file).split('\n').slice(0, -1)) {
    const { cwd, timestamp }: { cwd?: unknown; timestamp?: unknown } = Object(parsedJson(line));
    if (typeof cwd === 'string') folder ??= cwd;
    const time = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
    if (!Number.isNaN(time)) at ??= time;
    if (folder !== null && at !== null) break;
  }
  return { folder, at };
}

function firstBytes(file: string): string {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(MOST_READ);
      return bytes.toString('utf8', 0, readSync(descriptor, bytes));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return '';
  }
}

function statsOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
