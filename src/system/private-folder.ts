import { chmodSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SluiceError, messageOf } from '../errors.ts';
import { newFolderName } from './folder-name.ts';

/** A folder of one run that nobody else can read. */
export interface PrivateFolder {
  readonly path: string;
  /** Writes a file that only this user can read, and gives its path. */
  write(name: string, text: string): string;
  /** Removes the folder with all that is in it, as far as that can be done; never throws. */
  remove(): void;
}

/** `f_type` of the file systems that lie in memory: tmpfs and ramfs (Linux, statfs(2)). */
const IN_MEMORY = [0x01021994, 0x858458f6];

/**
 * Makes the folder outside memory where it can, since the spool in it may grow as large as the disk allows.
 * @throws SluiceError `internal` when no temporary folder can be written
 */
export function createPrivateFolder(): PrivateFolder {
  const path = makeFolder();
  return {
    path,
    write(name, text) {
      const file = join(path, name);
      writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
      return file;
    },
    remove() {
      try {
        removeTree(path);
      } catch {
        // A process that a tool left behind still writes there. What the run gave is worth more than a clean folder.
      }
    },
  };
}

/** Where private folders are made: the first that can be written. */
export function temporaryFolders(): readonly string[] {
  return isInMemory(tmpdir()) ? ['/var/tmp', tmpdir()] : [tmpdir()];
}

/** Folders that a tool made read-only, as module caches do, are opened first. */
function removeTree(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 2 });
  } catch {
    openFolders(path);
    rmSync(path, { recursive: true, force: true, maxRetries: 2 });
  }
}

function openFolders(path: string): void {
  chmodSync(path, 0o700);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) openFolders(join(path, entry.name));
  }
}

function makeFolder(): string {
  const problems: string[] = [];
  for (const parent of temporaryFolders()) {
    try {
      const path = join(parent, newFolderName());
      mkdirSync(path, { mode: 0o700 });
      return path;
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  throw new SluiceError('internal', `no temporary folder can be made: ${problems.join('; ')}; set TMPDIR to one`);
}

function isInMemory(folder: string): boolean {
  try {
    return IN_MEMORY.includes(statfsSync(folder).type);
  } catch {
    return false;
  }
}
