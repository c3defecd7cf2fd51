import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../temporary-folder.ts';

/** A file of lines, its owner's alone unless said otherwise. */
export function fileOf(lines: readonly string[], mode = 0o600): string {
  const path = join(temporaryFolder(), 'private');
  writeLines(path, lines, mode);
  return path;
}

export function writeLines(path: string, lines: readonly string[], mode = 0o600): void {
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  chmodSync(path, mode);
}
