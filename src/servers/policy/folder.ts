import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, resolve, sep } from 'node:path';
import { Refusal } from '../refusal.ts';
import { listed, quoted } from './quoted.ts';

/**
 * The folder that a query works in, by its real path, so that a link that is changed later leads nowhere else. A path
 * that is in no root is refused in the same words whether it exists or not.
 * @throws Refusal `validation_error` for a path that is not absolute, `forbidden` for one outside, `bad_request` for one
 * that is no folder
 */
export function folderOf(cwd: string, roots: readonly string[]): string {
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
  const real = realPathOf(cwd);
  if (!isWithin(real ?? resolve(cwd), roots)) {
    throw new Refusal('forbidden', `cwd: ${quoted(cwd)} is not in an allowed folder; allowed are ${listed(roots)}`, {
      field: 'cwd',
      allowed: roots,
    });
  }
  if (real === null) throw unusable(cwd, 'does not exist, or cannot be entered');
  if (!isFolder(real)) throw unusable(cwd, 'is not a folder');
  return real;
}

/** Whether a path is one of these folders or lies in one, name by name. */
export function isWithin(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep));
}

/** A path without symbolic links on its way; null where there is nothing, or nothing that can be seen. */
export function realPathOf(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function unusable(cwd: string, problem: string): Refusal {
  return new Refusal('bad_request', `cwd: ${quoted(cwd)} ${problem}`, { field: 'cwd' });
}
