import { statSync } from 'node:fs';
import { foldersUp } from './folders-up.ts';

/** Permission bits of everybody else: to list a folder, and to go through it. */
const LIST = 0o004;
const PASS = 0o001;

/** Whether everybody on the machine may see what a folder holds; false where that can't be told, as on Windows. */
export function isListable(folder: string): boolean {
  return has(folder, LIST) && foldersUp(folder).every((above) => has(above, PASS));
}

function has(folder: string, bits: number): boolean {
  try {
    return (statSync(folder).mode & bits) === bits;
  } catch {
    return false;
  }
}
