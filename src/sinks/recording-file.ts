import { SluiceError, messageOf } from '../errors.ts';
import { describeHolder, type FileLock, lockFile, type LockHolder } from '../system/file-lock.ts';
import { leadsTo } from '../system/leads-to.ts';
import { ownStream } from '../system/own-stream.ts';
import { openFile } from './file-output.ts';
import type { Output } from './output.ts';

/** The file of a recording. */
export interface RecordingFile extends Output {
  close(): Promise<void>;
}

/**
 * Opens the file of a recording and keeps other runs from it until it is closed: it would be a mixture of both. A pipe, a
 * device and the streams of this process are everybody's.
 * @param option who asked for it, for errors
 * @param onUnlocked told why other runs can't be kept from it, as where a folder takes no socket
 * @throws SluiceError `usage` when another run writes it, `output_error` when it can't be created
 */
export async function openRecordingFile(
  option: string,
  path: string,
  onUnlocked: (text: string) => void,
): Promise<RecordingFile> {
  const locking = await lock(path);
  if (locking !== null && 'heldBy' in locking) {
    const who = describeHolder(locking);
    throw new SluiceError('usage', `${option}: another run${who} is writing ${path}; name a file of its own for each`);
  }
  const release = async (): Promise<void> => {
    if (locking !== null && 'release' in locking) await locking.release();
  };
  try {
    const file = openFile(option, path);
    if (locking !== null && 'problem' in locking)
      onUnlocked(`${option}: nothing keeps other runs from writing ${path}, too: ${locking.problem}`);
    return {
      write: file.write,
      async close() {
        file.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Null for what is not locked. */
async function lock(path: string): Promise<FileLock | LockHolder | { readonly problem: string } | null> {
  if (ownStream(path) !== null) return null;
  try {
    const { path: file, stats } = leadsTo(path);
    return stats?.isFile() === false ? null : await lockFile(file);
  } catch (error) {
    return { problem: messageOf(error) };
  }
}
