import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomHex } from './random-hex.ts';

/**
 * Writes a file that appears whole or not at all, in the place of whatever is there: a link is not followed.
 * @param mode who may read it; default: its owner alone
 * @throws the system's error
 */
export function replaceFile(path: string, content: string | Uint8Array, mode = 0o600): void {
  const temporary = `${path}.${randomHex(6)}.tmp`;
  try {
    writeFileSync(temporary, content, { mode, flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
