import { type Dir, type Dirent, lstat, opendir, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isLeftBehind } from './folder-name.ts';
import { temporaryFolders } from './private-folder.ts';
import { monotonicMs } from './monotonic.ts';
import { removeTreeBeside } from './remove-tree.ts';

/** A removal that goes on beside the run. */
export interface Cleaning {
  /** Settles when all is done or it was closed; never rejects. */
  readonly done: Promise<void>;
  /** Ends it before the next step: what is left is for the next run, and nothing keeps the process alive. */
  close(): void;
}

/** The most folders that one run removes: the rest is left to the next. */
const MOST_FOLDERS = 16;

/** How many entries are read at once: a folder of 100,000 takes 0.2 s then, in steps of some milliseconds. */
const ENTRIES_AT_ONCE = 1024;

/** The size of a folder, as told, that holds few entries: some thousand where it is in bytes, as many as it says on ZFS. */
const SMALL_FOLDER = 32 * 1024;

/**
 * Removes the private folders of this user's runs that died with their guardian. What can't be removed is left, as is what
 * a tool mounted in one of them.
 */
export function removeStaleFolders(): Cleaning {
  let closed = false;
  const done = (async () => {
    let removed = 0;
    for (const parent of temporaryFolders()) {
      for await (const entry of await entriesOf(parent)) {
        if (closed || removed === MOST_FOLDERS) return;
        if (!isLeftBehind(entry.name) || !entry.isDirectory()) continue;
        const path = join(parent, entry.name);
        if (!(await isOurs(path))) continue;
        if ((await removeTreeBeside(path, () => closed))?.removed === true) removed++;
      }
    }
  })();
  return {
    // No place to look at, or one that vanished: nothing that this run has to care about.
    done: done.catch(() => {}),
    close() {
      closed = true;
    },
  };
}

/** A small folder is read at once: the threads that would wait for it take longer to start. */
function entriesOf(folder: string): Promise<Dir> | readonly Dirent[] {
  if (statSync(folder).size <= SMALL_FOLDER) return readdirSync(folder, { withFileTypes: true });
  return promisify(opendir)(folder, { bufferSize: ENTRIES_AT_ONCE });
}

/** How long one run's removal does for all of this process, in milliseconds: a batch has hundreds of runs a minute. */
const LASTS_MS = 60_000;

let begunAt = Number.NEGATIVE_INFINITY;

/** As {@link removeStaleFolders}, where no run of this process has done so within the last minute, or is doing so. */
export function removeStaleFoldersAtTimes(): Cleaning | null {
  if (monotonicMs() - begunAt < LASTS_MS) return null;
  begunAt = monotonicMs();
  const { done, close } = removeStaleFolders();
  let isDone = false;
  return {
    done: done.then(() => {
      isDone = true;
    }),
    close() {
      if (!isDone) begunAt = Number.NEGATIVE_INFINITY;
      close();
    },
  };
}

async function isOurs(path: string): Promise<boolean> {
  const stats = await promisify(lstat)(path).catch(() => null);
  return stats?.uid === (process.getuid?.() ?? 0);
}
