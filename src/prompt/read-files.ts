import { statSync } from 'node:fs';
import { addAbortSignal } from 'node:stream';
import { resolve } from 'node:path';
import { reasonOf, SluiceError } from '../errors.ts';
import type { Attachment, Condensation } from '../request/prompt.ts';
import { fitIn } from './fit-in.ts';
import type { Inputs } from './follow-inputs.ts';
import { inputText } from './input-text.ts';
import { openInput } from './open-input.ts';
import { readStream } from './read-stream.ts';

/** Makes less of a text that is over the limit; null for what is no text. */
export type CondenseStream = (
  bytes: AsyncIterable<Uint8Array>,
) => Promise<{ readonly text: string; readonly condensed: Condensation | null } | null>;

/** How files are read that the user names. */
export interface FileReading {
  /** Where the paths come from, for messages: a flag, or a place in a file. */
  readonly option: string;
  /** What relative paths count from. */
  readonly cwd: string;
  /** Bytes allowed of each. */
  readonly limit: number;
  /** Bytes that the rest of the prompt takes of those. */
  readonly taken: number;
  /** Ends the wait for a pipe: nobody asks for what is in it any more. */
  readonly signal: AbortSignal;
  readonly inputs: Inputs;
  /** Makes less of a file that is over the limit; null where that is refused. */
  readonly condense: CondenseStream | null;
  /** Told what is odd about a text. */
  readonly onOddity: (text: string) => void;
}

/**
 * Reads files, pipes among them, to their ends, as text.
 * @throws SluiceError `usage` when one can't be read, is binary, or has more than `limit` bytes
 */
export async function readFiles(paths: readonly string[], reading: FileReading): Promise<Attachment[]> {
  const { option, onOddity } = reading;
  return Promise.all(
    paths.map(async (name) => {
      try {
        const { bytes, condensed } = await readFile(name, reading);
        const { text, oddities } = inputText(bytes, name);
        if (oddities !== null) onOddity(`${name} (${option}) has ${oddities}`);
        return { name, text, ...(condensed === null ? {} : { condensed }) };
      } catch (error) {
        const advice = error instanceof TooLarge ? `; ${fitIn(roomFor(name, paths, reading), name)}` : '';
        const hint = option.startsWith('-') && /\s/.test(name) ? '; if that is the prompt, put it before the flag' : '';
        throw new SluiceError('usage', `${option}: ${name} cannot be read: ${reasonOf(error)}${advice}${hint}`, {
          cause: error,
        });
      }
    }),
  );
}

class TooLarge extends Error {
  constructor(size: number, limit: number) {
    super(`it has ${size > limit ? size : `more than ${limit}`} bytes, over the limit of ${limit} (--max-prompt)`);
  }
}

async function readFile(
  name: string,
  { option, cwd, limit, signal, inputs, condense }: FileReading,
): Promise<{ readonly bytes: Buffer; readonly condensed: Condensation | null }> {
  const { stats, bytes } = openInput(resolve(cwd, name));
  const tooMuch = new TooLarge(stats.size, limit);
  const input = inputs.begin(`${name} (${option})`);
  try {
    if (stats.size > limit && condense === null) throw tooMuch;
    let condensed: Condensation | null = null;
    const onOverflow =
      condense &&
      (async (stream: AsyncIterable<Uint8Array>): Promise<Buffer | null> => {
        const less = await condense(stream);
        condensed = less?.condensed ?? null;
        return less && Buffer.from(less.text);
      });
    const reading = { limit, tooMuch, onOverflow, enough: signal, onPiece: input.progress };
    const all = await readStream(addAbortSignal(signal, bytes), reading);
    return { bytes: all, condensed };
  } finally {
    input.end();
    bytes.destroy();
  }
}

/** Bytes of the limit that are left for one file by the others, and by what there is already. */
function roomFor(name: string, paths: readonly string[], { limit, taken, cwd }: FileReading): number {
  const others = paths.filter((path) => path !== name).map((path) => sizeOf(resolve(cwd, path)));
  return others.reduce((room, size) => room - size, limit - taken);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
