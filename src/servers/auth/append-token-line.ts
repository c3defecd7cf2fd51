import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { SluiceError, reasonOf, systemCodeOf } from '../../errors.ts';
import { formatTokenLine, type TokenLine } from './token-line.ts';
import { readTokensFile } from './tokens-file.ts';

const NEWLINE = 10;

/**
 * Adds a line to a tokens file, or begins one that its owner alone can read. It is on the disk when this settles.
 * @param where who named the file, for errors
 * @throws SluiceError `usage` when that is no tokens file or others can read it, `output_error` when it can't be
 *   written
 */
export async function appendTokenLine(path: string, line: TokenLine, where: string): Promise<void> {
  await refuseOtherFiles(path, where);
  try {
    append(path, `${formatTokenLine(line)}\n`);
  } catch (error) {
    throw new SluiceError('output_error', `${where}: ${path} cannot be written: ${reasonOf(error)}`, { cause: error });
  }
}

async function refuseOtherFiles(path: string, where: string): Promise<void> {
  const fail = (what: string, cause?: unknown): never => {
    throw new SluiceError('usage', `${where}: ${path} ${what}`, { cause });
  };
  try {
    const [malformed] = (await readTokensFile(path)).malformed;
    if (malformed !== undefined) fail(`is no tokens file, or was damaged: ${malformed}`);
  } catch (error) {
    if (error instanceof SluiceError) throw error;
    if (systemCodeOf(error) !== 'ENOENT') fail(`cannot be used: ${reasonOf(error)}`, error);
  }
}

/** In one piece at the end, also when others do the same. */
function append(path: string, text: string): void {
  const descriptor = openSync(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600);
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.from(endsLine(descriptor, size) ? text : `\n${text}`);
    try {
      if (writeSync(descriptor, bytes) < bytes.length) throw new Error('there is no room for it');
      fsyncSync(descriptor);
    } catch (error) {
      ftruncateSync(descriptor, size);
      throw error;
    }
  } finally {
    closeSync(descriptor);
  }
}

function endsLine(descriptor: number, size: number): boolean {
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  readSync(descriptor, last, 0, 1, size - 1);
  return last[0] === NEWLINE;
}
