import { addAbortSignal } from 'node:stream';
import { resolve } from 'node:path';
import { SluiceError, messageOf } from '../errors.ts';
import type { Attachment } from '../request/prompt.ts';
import { openInput } from './open-input.ts';
import { readStream } from './read-stream.ts';
import { TOLD_AFTER_MS, watchSilence } from './watch-silence.ts';

/** How files are read that the user names. */
export interface FileReading {
  /** Where the paths come from, for messages. */
  readonly option: string;
  /** What relative paths count from. */
  readonly cwd: string;
  /** Bytes allowed of each. */
  readonly limit: number;
  /** Ends the wait for a pipe: nobody asks for what is in it any more. */
  readonly signal: AbortSignal;
  /** Told what is waited for, once a pipe has been silent for long. */
  readonly onSilence: (text: string) => void;
}

/**
 * Reads files, pipes among them, to their ends; bytes that are no UTF-8 become U+FFFD.
 * @throws SluiceError `usage` when one can't be read or has more than `limit` bytes
 */
export async function readFiles(paths: readonly string[], reading: FileReading): Promise<Attachment[]> {
  return Promise.all(
    paths.map(async (name) => {
      try {
        return { name, text: await readFile(name, reading) };
      } catch (error) {
        const hint = /\s/.test(name) ? '; if that is the prompt, put it before the flag' : '';
        throw new SluiceError('usage', `${reading.option}: ${name} cannot be read: ${messageOf(error)}${hint}`, {
          cause: error,
        });
      }
    }),
  );
}

async function readFile(name: string, { option, cwd, limit, signal, onSilence }: FileReading): Promise<string> {
  const { stats, bytes } = openInput(resolve(cwd, name));
  const forget = watchSilence(bytes, TOLD_AFTER_MS, () =>
    onSilence(`waiting for ${name} (${option}), which is silent so far`),
  );
  const size = stats.size > limit ? stats.size : `more than ${limit}`;
  const tooMuch = new Error(`it has ${size} bytes, over the limit of ${limit} (--max-prompt)`);
  try {
    if (stats.size > limit) throw tooMuch;
    const content = await readStream(addAbortSignal(signal, bytes), { limit, tooMuch, enough: signal });
    return content.toString('utf8');
  } finally {
    forget();
    bytes.destroy();
  }
}
