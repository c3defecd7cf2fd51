import { resolve as resolvePath } from 'node:path';
import { reasonOf, SluiceError } from '../../errors.ts';
import { openInput } from '../../prompt/open-input.ts';
import type { Io } from '../io.ts';

/** A recording that a command is to read. */
export interface OpenedRecording {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Its path, or that of stdin. */
  readonly path: string;
  /** What errors call it: as it was typed, or `stdin`. */
  readonly name: string;
}

/**
 * Opens the one recording that a command is given, or stdin where that is none or `-`.
 * @throws SluiceError `usage` for more than one, and for none; also while it is read, where that can't be
 */
export function openRecording(command: string, operands: readonly string[], { cwd, stdin }: Io): OpenedRecording {
  const [path, extra] = operands;
  if (extra !== undefined) throw new SluiceError('usage', `${command} takes one file; "${extra}" is one too many`);
  const isStdin = path === undefined || path === '-';
  const source = isStdin ? stdin : fileBytes(resolvePath(cwd, path));
  if (source === null)
    throw new SluiceError('usage', `nothing to ${command}: give a file, as in: sluice ${command} run.ndjson`);
  const name = isStdin ? 'stdin' : path;
  return { bytes: readable(source, name), path: isStdin ? '/dev/stdin' : path, name };
}

async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  yield* openInput(path).bytes;
}

async function* readable(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    throw new SluiceError('usage', `${name} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}
