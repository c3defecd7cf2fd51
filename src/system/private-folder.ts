import { accessSync, constants, mkdirSync, realpathSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SluiceError, messageOf } from '../errors.ts';
import { newFolderName } from './folder-name.ts';
import { type Removal, removeTree } from './remove-tree.ts';

/** A folder of one run that nobody else can read. */
export interface PrivateFolder {
  readonly path: string;
  /** Writes a file that only this user can read, and gives its path. */
  write(name: string, text: string): string;
  /**
   * The same for a program that only this user can run.
   * @throws SluiceError `internal` where the folder's file system lets none be run
   */
  writeProgram(name: string, text: string): string;
  /** Removes the folder with all that is in it, as {@link removeTree} does. */
  remove(): Removal;
}

/** `f_type` of the file systems that lie in memory: tmpfs and ramfs (Linux, statfs(2)). */
const IN_MEMORY = [0x01021994, 0x858458f6];

/**
 * Makes the folder outside memory where it can, since the spool in it may grow as large as the disk allows.
 * @param announce told the folder's path, free of links, right before it is made, or tried to be made
 * @throws SluiceError `internal` when no temporary folder can be written
 */
export function createPrivateFolder(announce: (path: string) => void = () => {}): PrivateFolder {
  const path = makeFolder(announce);
  return {
    path,
    write(name, text) {
      const file = join(path, name);
      writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
      return file;
    },
    writeProgram(name, text) {
      const file = join(path, name);
      writeFileSync(file, text, { mode: 0o700, flag: 'wx' });
      try {
        accessSync(file, constants.X_OK);
      } catch (cause) {
        throw new SluiceError(
          'internal',
          `nothing can be run in ${path}; set TMPDIR to a folder where programs may run`,
          { cause },
        );
      }
      return file;
    },
    // Where a process that a tool left behind still writes there, the folder stays: what the run gave is worth more.
    remove: () => removeTree(path),
  };
}

/** Where private folders are made: the first that can be written. */
export function temporaryFolders(): readonly string[] {
  const usual = tmpdir();
  return isInMemory(usual) ? ['/var/tmp', usual] : [usual];
}

function makeFolder(announce: (path: string) => void): string {
  const problems: string[] = [];
  for (const parent of temporaryFolders()) {
    try {
      const name = newFolderName();
      announce(join(realpathSync.native(parent), name));
      const path = join(parent, name);
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
