import { sep } from 'node:path';

/** Whether a path is one of these folders or lies in one, name by name. */
export function isWithin(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep));
}
