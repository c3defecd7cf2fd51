import { isAbsolute, resolve } from 'node:path';
import { RUNNING } from '../../request/run-options/running.ts';
import { narrow } from '../../request/narrowing/narrow.ts';
import { type FolderIdentity, openFolder } from '../../system/open-folder.ts';
import { realPathOf } from '../../system/real-path.ts';
import { Refusal } from '../refusal.ts';
import { listed, quoted } from './quoted.ts';

/** A folder in one of the roots. */
export interface Folder {
  /** Its real path, so that a link that is changed later leads nowhere else. */
  readonly path: string;
  /** What tells it from what may be put in its place later. */
  readonly identity: FolderIdentity;
}

/**
 * The folder that a query works in. It is opened first and looked at then: what its path leads to may change between two
 * looks. A path that is in no root is refused in the same words whether it exists or not.
 * @throws Refusal `validation_error` for a path that is not absolute, `forbidden` for one outside, `bad_request` for one
 * that is no folder
 */
export function folderOf(cwd: string, roots: readonly string[]): Folder {
  if (!isAbsolute(cwd) || cwd.includes('\0')) {
    throw new Refusal(
      'validation_error',
      `cwd: ${quoted(cwd)} is not an absolute path; name a folder in ${listed(roots)}`,
      {
        field: 'cwd',
        allowed: roots,
      },
    );
  }
  const folder = lookAt(cwd);
  const real = folder?.path ?? realPathOf(cwd);
  if (narrow(RUNNING.cwd.caller.narrowing, real ?? resolve(cwd), roots).verdict !== 'within') {
    throw new Refusal('forbidden', `cwd: ${quoted(cwd)} is not in an allowed folder; allowed are ${listed(roots)}`, {
      field: 'cwd',
      allowed: roots,
    });
  }
  if (real === null) throw unusable(cwd, 'does not exist, or cannot be entered');
  if (folder === null) throw unusable(cwd, 'is not a folder');
  return folder;
}

/** Null where there is no folder. */
function lookAt(path: string): Folder | null {
  try {
    const { path: real, identity, close } = openFolder(path);
    close();
    return { path: real, identity };
  } catch {
    return null;
  }
}

function unusable(cwd: string, problem: string): Refusal {
  return new Refusal('bad_request', `cwd: ${quoted(cwd)} ${problem}`, { field: 'cwd' });
}
