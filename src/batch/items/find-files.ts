import { isAbsolute, relative, resolve } from 'node:path';
import { realPathOf } from '../../system/real-path.ts';

/**
 * The files that a pattern means, in the order of their names, each once: links are followed, and some lead back to where
 * they are. Those are left out that lead out of the folder, and out of what the pattern names itself.
 */
export async function findFiles(pattern: string, folder: string): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby');
  const found = await glob([pattern], { cwd: folder, expandDirectories: false });
  const roots = [folder, resolve(folder, beginningOf(pattern))].map(realPathOf);
  const names = new Map<string, string>();
  for (const path of found.toSorted((one, other) => one.length - other.length)) {
    const real = realPathOf(resolve(folder, path));
    if (real === null || names.has(real)) continue;
    if (roots.some((root) => root !== null && isBelow(real, root))) names.set(real, path);
  }
  return [...names.values()].toSorted();
}

/** The part of a pattern that is a path as it stands. */
function beginningOf(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex((part) => /[*?[\]{}()!+@\\]/.test(part));
  return first === -1 ? pattern : parts.slice(0, first).join('/') || (pattern.startsWith('/') ? '/' : '.');
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith('../') && !isAbsolute(way);
}
