import { resolve } from 'node:path';
import { SluiceError } from '../../errors.ts';
import { leadsTo, leadToOneFile } from '../../system/leads-to.ts';
import { ownStream } from '../../system/own-stream.ts';
import type { Io } from '../io.ts';

/** A file that is written, and the flag that asked for it. */
export type OutputFile = readonly [flag: string, path: string];

/**
 * No file may be written twice, or read and written by the same command.
 * @param inputs files that are read
 * @throws SluiceError `usage`
 */
export function checkOutputFiles(files: readonly OutputFile[], inputs: readonly string[], io: Io): void {
  const at = (path: string): string => resolve(io.cwd, path);
  for (const [index, [flag, path]] of files.entries()) {
    const reject = (why: string): never => {
      throw new SluiceError('usage', `${flag}: ${why}; write to another file`);
    };
    const input = inputs.find((name) => leadToOneFile(at(name), at(path)));
    if (input !== undefined) reject(`${input} is read by this run`);
    if (isFileOfStdout(at(path), io)) reject(`${path} is where stdout goes`);
    const [earlier] = files.slice(0, index).find(([, other]) => leadToOneFile(at(other), at(path))) ?? [];
    if (earlier !== undefined)
      throw new SluiceError('usage', `${earlier} and ${flag} both lead to ${path}; name a file of its own for each`);
  }
}

/** Whether a path leads to the file that stdout is redirected to; `/dev/stdout` itself is meant on purpose. */
function isFileOfStdout(path: string, io: Io): boolean {
  try {
    const { stats } = leadsTo(path);
    return stats !== undefined && io.isStdout(stats) && ownStream(path) === null;
  } catch {
    // What is wrong with it is told when it is opened.
    return false;
  }
}
