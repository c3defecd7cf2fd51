import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { configFolder } from '../../claude/start/config-folder.ts';
import { messageOf, reasonOf } from '../../errors.ts';
import { foldersUp } from '../../system/folders-up.ts';
import { createPrivateFolder } from '../../system/private-folder.ts';
import type { Finding } from '../finding.ts';
import type { Setup } from '../setup.ts';

const MEBIBYTE = 1024 * 1024;

/** Free bytes below which there is a finding: the spool of a long run can grow to that. */
const LITTLE = 512 * MEBIBYTE;

/** Where runs keep what they write meanwhile, and where claude keeps its sessions. */
export function checkStorage(setup: Setup): Finding[] {
  return [...temporary(), ...configuration(setup)];
}

function temporary(): Finding[] {
  let folder: ReturnType<typeof createPrivateFolder>;
  try {
    folder = createPrivateFolder();
  } catch (error) {
    return [
      { level: 'error', what: messageOf(error), why: 'each run needs a private folder', fix: 'export TMPDIR=/var/tmp' },
    ];
  }
  try {
    const { bavail, bsize } = statfsSync(folder.path);
    const free = bavail * bsize;
    const place = dirname(folder.path);
    const room = `${Math.floor(free / MEBIBYTE)} MiB free`;
    return [
      free < LITTLE
        ? {
            level: 'warning',
            what: `temporary files are in ${place}, which has ${room}`,
            why: 'a run whose disk runs full is stopped, and ends as output_error',
            fix: 'export TMPDIR=/var/tmp',
          }
        : { level: 'ok', what: `temporary files are in ${place}, ${room}` },
    ];
  } finally {
    folder.remove();
  }
}

function configuration(setup: Setup): Finding[] {
  const folder = configFolder(setup);
  const nearest = foldersUp(folder).find((above) => existsSync(above));
  try {
    accessSync(nearest ?? folder, constants.W_OK);
    return [{ level: 'ok', what: `claude keeps its sessions in ${folder}` }];
  } catch (error) {
    return [
      {
        level: 'warning',
        what: `claude can't keep its sessions in ${folder}: ${reasonOf(error)}`,
        why: 'a run can then not be gone on with by --resume, and some versions end at once',
        fix: 'export CLAUDE_CONFIG_DIR=FOLDER, one that can be written',
      },
    ];
  }
}
