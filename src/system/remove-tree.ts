import { chmodSync, type Dirent, opendirSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { systemCodeOf } from '../errors.ts';
import { type Held, hold } from './hold.ts';
import { monotonicMs } from './monotonic.ts';

/** What became of a folder that was to be removed. */
export interface Removal {
  /** Whether it is gone. */
  readonly removed: boolean;
  /** The paths in it, or its own, at which something is mounted: these were left, and the folders that lead there. */
  readonly mounts: readonly string[];
}

/** How often a folder is gone through in which something is still written. */
const MOST_ROUNDS = 3;

/** How many entries are read at once. */
const ENTRIES_AT_ONCE = 1024;

/** How many entries a folder has at most, and how many folders lie in each other, where none is held. */
const FEW_ENTRIES = 8;
const FEW_LEVELS = 3;

/** How long a removal beside other work holds that up at a time, in milliseconds. */
const STEP_MS = 4;

/**
 * Removes a folder with all that is in it, as far as that can be done. Links are removed, never followed, and what is
 * mounted in it is neither touched nor entered, whatever it is. Folders that a tool made read-only, as module caches do,
 * are opened first. Never throws.
 */
export function removeTree(path: string): Removal {
  const steps = removal(path);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same beside other work. Null where `isClosed` had it end before all was done. Never rejects. */
export async function removeTreeBeside(path: string, isClosed: () => boolean): Promise<Removal | null> {
  const steps = removal(path);
  for (let begun = monotonicMs(); ;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (monotonicMs() - begun < STEP_MS) continue;
    await setImmediate();
    begun = monotonicMs();
    if (isClosed()) {
      steps.return(NOTHING);
      return null;
    }
  }
}

const NOTHING: Removal = { removed: false, mounts: [] };

type Steps<Result> = Generator<undefined, Result, undefined>;

/** A removal, an entry a step. */
function* removal(path: string): Steps<Removal> {
  let parent: Held;
  try {
    // One that is empty can go even when no descriptor is left to hold anything.
    if (removeFolders(path, FEW_LEVELS)) return { removed: true, mounts: [] };
    // The folder that holds it may be reached by a link.
    parent = hold(`${dirname(path)}/.`);
  } catch {
    return NOTHING;
  }
  try {
    for (let round = 1; ; round++) {
      const mounts: string[] = [];
      const removed = yield* removeFolder(parent, basename(path), path, mounts);
      if (removed || mounts.length > 0 || round === MOST_ROUNDS) return { removed, mounts };
    }
  } finally {
    parent.close();
  }
}

/** False where it can't be done, for which there are many reasons: that of one entry never keeps another. */
function* removeFolder(parent: Held, name: string, told: string, mounts: string[]): Steps<boolean> {
  const path = join(parent.path, name);
  try {
    const folder = hold(path);
    try {
      if (folder.mount !== parent.mount) {
        mounts.push(told);
        return false;
      }
      chmodSync(folder.path, 0o700);
      const folders: string[] = [];
      for (const entry of entriesOf(folder.path)) {
        yield;
        // Said of the entry itself: a link to a folder is none.
        if (entry.isDirectory()) folders.push(entry.name);
        else removeFile(folder, entry.name, join(told, entry.name), mounts);
      }
      for (const inner of folders) yield* removeFolder(folder, inner, join(told, inner), mounts);
    } finally {
      folder.close();
    }
    rmdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Removes a folder that has nothing but a few folders in it, as claude leaves it: to hold each takes ten times as long. What
 * the system calls no empty folder is one, and neither a link nor what something is mounted on, of which it says so.
 */
function removeFolders(path: string, levels: number): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch (error) {
    if (levels === 0 || systemCodeOf(error) !== 'ENOTEMPTY') return false;
  }
  const names = fewIn(path);
  return names !== null && names.every((name) => removeFolders(join(path, name), levels - 1)) && removeFolders(path, 0);
}

/** Null where there are more, and where that can't be told. */
function fewIn(path: string): readonly string[] | null {
  try {
    const names = readdirSync(path);
    return names.length <= FEW_ENTRIES ? names : null;
  } catch {
    return null;
  }
}

function removeFile(parent: Held, name: string, told: string, mounts: string[]): void {
  const path = join(parent.path, name);
  try {
    unlinkSync(path);
  } catch {
    if (isMount(parent, path)) mounts.push(told);
  }
}

/** Files can be mounted, too; the system does not unlink those. */
function isMount(parent: Held, path: string): boolean {
  try {
    const file = hold(path);
    file.close();
    return file.mount !== parent.mount;
  } catch {
    return false;
  }
}

function* entriesOf(path: string): Generator<Dirent, void, undefined> {
  const folder = opendirSync(path, { bufferSize: ENTRIES_AT_ONCE });
  try {
    for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) yield entry;
  } finally {
    folder.closeSync();
  }
}
