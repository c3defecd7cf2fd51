import { accessSync, closeSync, constants, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { leadsTo } from '../system/leads-to.ts';
import { ownStream } from '../system/own-stream.ts';
import { replaceFile } from '../system/replace-file.ts';
import { writeWhole } from '../system/write-whole.ts';
import { fileGuard } from './file-guard.ts';
import type { Output } from './output.ts';
import { isPipe, openPipe } from './pipe-output.ts';

/**
 * A file that holds each piece of text as soon as it is written; a new one is readable by its owner alone. A named pipe
 * is written to at the pace of its reader.
 * @param option who asked for it, for errors
 * @throws SluiceError `output_error` when it can't be created, and at each write that fails
 */
export function openFile(option: string, path: string): Output & { close(): void } {
  const guard = fileGuard(option, path);
  const pipe = guard.now(() => (isPipe(path) ? openPipe(path) : null));
  if (pipe !== null) return { write: (text) => guard.later(() => pipe.write(text)), close: pipe.close };
  const own = ownStream(path);
  const descriptor = own ?? guard.now(() => openSync(path, 'w', 0o600));
  return {
    write: (text) => guard.now(() => writeWhole(descriptor, Buffer.from(text))),
    close() {
      if (own === null) closeSync(descriptor);
    },
  };
}

/** A file that is written at once, in text or in bytes. */
export interface WholeFile extends Output {
  write(content: string | Uint8Array): void | Promise<void>;
}

/**
 * A file that appears whole or not at all, written at once. A device or pipe is written to as it is.
 * @param mode who may read it; default: its owner alone
 * @throws SluiceError `output_error` now when its folder can't be written to, later when the write fails
 */
export function atomicFile(option: string, path: string, mode = 0o600): WholeFile {
  const guard = fileGuard(option, path);
  const own = ownStream(path);
  if (own !== null) return { write: (content) => guard.now(() => writeWhole(own, Buffer.from(content))) };
  const target = guard.now(() => targetOf(resolve(path)));
  guard.now(() => accessSync(target.replaced ? dirname(target.file) : target.file, constants.W_OK));
  return {
    write(content) {
      const { file } = target;
      if (target.isPipe) return guard.later(() => writeToPipe(file, content));
      return guard.now(() => (target.replaced ? replaceFile(file, content, mode) : writeFileSync(file, content)));
    },
  };
}

/**
 * A file with a name that nobody chose, in a folder that others may write to: it appears whole or not at all, in the place
 * of whatever is there, and a link is not followed.
 * @throws SluiceError `output_error` now when its folder can't be written to, later when the write fails
 */
export function replacedFile(option: string, path: string): Output {
  const guard = fileGuard(option, path);
  guard.now(() => accessSync(dirname(path), constants.W_OK));
  return { write: (text) => guard.now(() => replaceFile(path, text)) };
}

/** A file that is added to. */
export interface AddedFile extends Output {
  /** Bytes that are in it now. */
  size(): number;
}

/**
 * A file that others add to as well, such as the steps of a CI job; what is written begins on a line of its own.
 * @throws SluiceError `output_error` now when it can't be opened, later when a write fails
 */
export function addedFile(option: string, path: string): AddedFile {
  const guard = fileGuard(option, path);
  const descriptor = guard.now(() => openSync(path, 'a+', 0o600));
  const size = (): number => fstatSync(descriptor).size;
  return {
    size: () => guard.now(size),
    write: (text) =>
      guard.now(() => writeWhole(descriptor, Buffer.from(isTorn(descriptor, size()) ? `\n${text}` : text))),
  };
}

/** Whether the last line of a file has no end. */
function isTorn(descriptor: number, size: number): boolean {
  const last = Buffer.alloc(1);
  return size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last.toString() !== '\n';
}

async function writeToPipe(path: string, content: string | Uint8Array): Promise<void> {
  const pipe = openPipe(path);
  try {
    await pipe.write(content);
  } finally {
    pipe.close();
  }
}

/** What a path leads to. */
interface Target {
  readonly file: string;
  readonly replaced: boolean;
  readonly isPipe: boolean;
}

/** Links are followed, and only what is a plain file, or nothing yet, is replaced by another. */
function targetOf(path: string): Target {
  const { path: file, stats } = leadsTo(path);
  if (stats?.isDirectory() === true) throw new Error('it is a directory');
  return { file, replaced: stats?.isFile() ?? true, isPipe: stats?.isFIFO() ?? false };
}
