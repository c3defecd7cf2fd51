import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Permission bits of everybody else: to list a folder, and to go through it. */
const LIST = 0o004;
const PASS = 0o001;

/** Whether everybody on the machine may see what a folder holds; false where that can't be told, as on Windows. */
export function isListable(folder: string): boolean {
  return has(folder, LIST | PASS) && foldersAbove(folder).every((above) => has(above, PASS));
}

function foldersAbove(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [] : [parent, ...foldersAbove(parent)];
}

function has(folder: string, bits: number): boolean {
  try {
    return (statSync(folder).mode & bits) === bits;
  } catch {
    return false;
  }
}
