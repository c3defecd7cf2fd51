import { SluiceError, messageOf } from '../errors.ts';
import type { Origins } from '../request/check-request.ts';
import { type FolderIdentity, identityAt, type OpenFolder, openFolder } from '../system/open-folder.ts';

/** The folder that claude is started in. */
export interface Workplace {
  /** What leads there for as long as it is open. */
  readonly entrance: string;
  /** @throws SluiceError `usage` when a process that was just started there is elsewhere */
  confirm(pid: number): void;
  /**
   * Claude goes by the path, and by what that led to when it looked.
   * @param cwd where it says that it works, in its first message (2.1.197, 2.1.332: the real path, in NFC)
   * @throws SluiceError `usage` when that is elsewhere
   */
  confirmName(cwd: string | undefined): void;
  close(): void;
}

/**
 * Opens the folder at a path. One that has to be a certain folder is held on to, so that nobody can put another one, or a
 * link to one, in its place before claude is there.
 * @param folder what it has to be; absent: whatever is there
 * @throws SluiceError `usage` when that is another one, or none
 */
export function openWorkplace(path: string, folder: FolderIdentity | undefined, origins: Origins): Workplace {
  if (folder === undefined) return { entrance: path, confirm() {}, confirmName() {}, close() {} };
  const flawed = (problem: string): SluiceError =>
    new SluiceError('usage', (name) => `${origins['cwd'] ?? name('cwd')}: ${problem}`);
  const astray = (): SluiceError => flawed(`another folder took the place of ${path} before claude was there`);
  const opened = open(path, (problem) => flawed(`${path} cannot be used: ${problem}`));
  if (opened.identity !== folder) {
    opened.close();
    throw astray();
  }
  return {
    entrance: opened.entrance,
    confirm(pid) {
      if (isElsewhere(pid, path, folder)) throw astray();
    },
    confirmName(cwd = opened.path) {
      if (cwd.normalize() !== opened.path.normalize()) throw astray();
    },
    close: opened.close,
  };
}

function open(path: string, flawed: (problem: string) => SluiceError): OpenFolder {
  try {
    return openFolder(path);
  } catch (error) {
    throw flawed(messageOf(error));
  }
}

/** Where processes don't tell, by what the path leads to now. */
function isElsewhere(pid: number, path: string, folder: FolderIdentity): boolean {
  const tells = process.platform === 'linux';
  try {
    return identityAt(tells ? `/proc/${pid}/cwd` : path) !== folder;
  } catch {
    // The process is gone, or doesn't tell either; a path that leads nowhere was changed.
    return !tells;
  }
}
