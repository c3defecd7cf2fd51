import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SluiceError, messageOf } from '../errors.ts';
import type { Attachment } from './compose.ts';

/**
 * Reads the files of one option.
 * @param option where the paths come from, for the error
 * @throws SluiceError `usage` when one can't be read or is larger than `limit` bytes
 */
export async function readFiles(
  option: string,
  paths: readonly string[],
  cwd: string,
  limit: number,
): Promise<Attachment[]> {
  return Promise.all(
    paths.map(async (name) => {
      try {
        const path = resolve(cwd, name);
        const { size } = await stat(path);
        if (size > limit) throw new Error(`it has ${size} bytes, over the limit of ${limit} (--max-prompt)`);
        return { name, text: await readFile(path, 'utf8') };
      } catch (error) {
        const hint = /\s/.test(name) ? '; if that is the prompt, put it before the flag' : '';
        throw new SluiceError('usage', `${option}: ${name} cannot be read: ${messageOf(error)}${hint}`, {
          cause: error,
        });
      }
    }),
  );
}
