import { symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { CLAUDE } from './claude.ts';
import { emptyFolder } from './folder.ts';

const SLUICE = fileURLToPath(new URL('../../bin/sluice.js', import.meta.url));

/** A `PATH` on which `sluice` and `claude` are, as users have them. */
export function userPath(claude = CLAUDE): string {
  const bin = emptyFolder();
  symlinkSync(SLUICE, join(bin, 'sluice'));
  symlinkSync(claude, join(bin, 'claude'));
  return [bin, dirname(process.execPath), process.env['PATH']].join(delimiter);
}
