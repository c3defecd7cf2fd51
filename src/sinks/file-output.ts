import {
  accessSync,
  closeSync,
  constants,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { SluiceError, messageOf, systemCodeOf } from '../errors.ts';
import type { Output } from './output.ts';

/**
 * A file that holds each piece of text as soon as it is written; a new one is readable by its owner alone.
 * @param option who asked for it, for errors
 * @throws SluiceError `output_error` when it can't be created, and at each write that fails
 */
export function openFile(option: string, path: string): Output & { close(): void } {
  const guard = guardOf(option, path);
  const descriptor = guard(() => openSync(path, 'w', 0o600));
  return {
    write(text) {
      const bytes = Buffer.from(text);
      guard(() => {
        for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
      });
    },
    close() {
      closeSync(descriptor);
    },
  };
}

/**
 * A file that appears whole or not at all, written at once. A device or pipe is written to as it is.
 * @throws SluiceError `output_error` now when its folder can't be written to, later when the write fails
 */
export function atomicFile(option: string, path: string): Output {
  const guard = guardOf(option, path);
  const target = guard(() => targetOf(resolve(path)));
  guard(() => accessSync(target.replaced ? dirname(target.file) : target.file, constants.W_OK));
  return {
    write(text) {
      const temporary = `${target.file}.${randomBytes(6).toString('hex')}.tmp`;
      guard(() => {
        if (!target.replaced) return writeFileSync(target.file, text);
        try {
          writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
          renameSync(temporary, target.file);
        } catch (error) {
          rmSync(temporary, { force: true });
          throw error;
        }
      });
    },
  };
}

/** Links are followed, and only what is a plain file, or nothing yet, is replaced by another. */
function targetOf(path: string): { readonly file: string; readonly replaced: boolean } {
  try {
    const file = realpathSync(path);
    const stats = statSync(file);
    if (stats.isDirectory()) throw new Error('it is a directory');
    return { file, replaced: stats.isFile() };
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
    return { file: path, replaced: true };
  }
}

function guardOf(option: string, path: string): <Result>(action: () => Result) => Result {
  return (action) => {
    try {
      return action();
    } catch (error) {
      throw new SluiceError('output_error', `${option}: ${path} cannot be written: ${messageOf(error)}`, {
        cause: error,
      });
    }
  };
}
