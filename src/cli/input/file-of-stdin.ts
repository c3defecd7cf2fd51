import { relative } from 'node:path';
import { leadsTo } from '../../system/leads-to.ts';

/** The plain file that stdin is redirected from, for commands that name it; null for all else. */
export function fileOfStdin(cwd: string): string | null {
  try {
    const { path, stats } = leadsTo('/dev/stdin');
    if (stats?.isFile() !== true) return null;
    const near = relative(cwd, path);
    return near.startsWith('..') ? path : near;
  } catch {
    // It was removed meanwhile, or the system has no such name.
    return null;
  }
}
