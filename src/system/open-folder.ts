import { closeSync, constants, fstatSync, openSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { O_PATH } from './hold.ts';

/** What tells a folder from all others, wherever it is moved to: its device and its inode. */
export type FolderIdentity = string;

/** A folder that stays itself, whatever becomes of the path that led to it. */
export interface OpenFolder {
  readonly identity: FolderIdentity;
  /** Where it lies, with no symbolic link on the way. */
  readonly path: string;
  /** A path that leads to it from this process, and from one that it starts, as long as it is open. */
  readonly entrance: string;
  close(): void;
}

/**
 * Opens a folder. Where there is no `/proc` it can't be held on to: then its entrance is its path, and whoever goes there
 * has to look again at what it finds.
 * @throws the system's error where there is no folder, or none that can be entered
 */
export function openFolder(path: string): OpenFolder {
  if (process.platform !== 'linux') return folderAt(path);
  const descriptor = openSync(path, O_PATH | constants.O_DIRECTORY);
  try {
    const entrance = `/proc/self/fd/${descriptor}`;
    return {
      identity: identityOf(fstatSync(descriptor, { bigint: true })),
      path: readlinkSync(entrance),
      entrance,
      close: () => closeSync(descriptor),
    };
  } catch {
    closeSync(descriptor);
    return folderAt(path);
  }
}

/** The folder that a path leads to now. @throws the system's error */
export function identityAt(path: string): FolderIdentity {
  return identityOf(statSync(path, { bigint: true }));
}

function folderAt(path: string): OpenFolder {
  const real = realpathSync.native(path);
  const stats = statSync(real, { bigint: true });
  if (!stats.isDirectory()) throw new Error('it is not a directory');
  return { identity: identityOf(stats), path: real, entrance: real, close() {} };
}

function identityOf({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): FolderIdentity {
  return `${dev}:${ino}`;
}
