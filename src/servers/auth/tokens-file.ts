import { constants, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { messageOf } from '../../errors.ts';
import { refuseShared } from './private-file.ts';
import { parseTokenLine, type TokenLine } from './token-line.ts';

/** Room for some thousand tokens; a larger file is most likely the wrong one. */
const MAX_BYTES = 1024 * 1024;

/** What a tokens file holds. */
export interface TokensFile {
  readonly lines: readonly TokenLine[];
  /** What is wrong with each line that can't be read, with its number, quoting nothing. */
  readonly malformed: readonly string[];
  /** What the file was when it was read. */
  readonly version: string;
}

/**
 * Reads a tokens file: a line of JSON a token; blank lines are none.
 * @throws Error that says why it can't be read, or must not be used
 */
export async function readTokensFile(path: string): Promise<TokensFile> {
  // The open of a named pipe would wait for a writer.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Error('it is no plain file, which can be read again when it changes');
    refuseShared(stats);
    if (stats.size > MAX_BYTES) throw new Error(`it has more than ${MAX_BYTES} bytes`);
    return { ...parseLines(await file.readFile('utf8')), version: versionOf(stats) };
  } finally {
    await file.close();
  }
}

/** What the file is now, to be compared. */
export async function versionOfFile(path: string): Promise<string> {
  return versionOf(await stat(path));
}

function versionOf({ dev, ino, size, mode, mtimeMs, ctimeMs }: Stats): string {
  return [dev, ino, size, mode, mtimeMs, ctimeMs].join(' ');
}

function parseLines(text: string): Pick<TokensFile, 'lines' | 'malformed'> {
  const lines: TokenLine[] = [];
  const malformed: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      lines.push(parseTokenLine(line));
    } catch (error) {
      malformed.push(`line ${index + 1}: ${messageOf(error)}`);
    }
  }
  return { lines, malformed };
}
