import { realpathSync } from 'node:fs';

/** A path without symbolic links on its way; null where there is nothing, or nothing that can be seen. */
export function realPathOf(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}
