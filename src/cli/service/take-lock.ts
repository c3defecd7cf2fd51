import { join } from 'node:path';
import { messageOf, SluiceError } from '../../errors.ts';
import { describeWait } from '../../outcome/describe-wait.ts';
import { openLocksFolder } from '../../runs/disk/state-folder.ts';
import { describeHolder, type FileLock, type LockHolder, waitForLock, lockFile } from '../../system/file-lock.ts';
import { stateHome } from './state-home.ts';

/** A lock that is asked for. */
export interface WantedLock {
  readonly name: string;
  /** How long to wait for it, in milliseconds; 0 for not at all. */
  readonly waitMs: number;
  /** What errors call the option that asks for it. */
  readonly where: string;
}

/**
 * Takes the lock of a name, which one run of a user's has at a time. It goes with the process, however that ends.
 * @param signal ends the wait
 * @param tell told whom it waits for
 * @throws SluiceError `locked` where another run has it, `usage` where there can be none; the signal's reason
 */
export async function takeLock(
  { name, waitMs, where }: WantedLock,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
  tell: (text: string) => void,
): Promise<FileLock> {
  const file = lockFileOf(name, env, where);
  const first = await lockFile(file);
  if ('release' in first) return first;
  if (waitMs === 0) throw new SluiceError('locked', heldBy(first, where));
  tell(`${heldBy(first, where)}; waiting for ${describeWait(waitMs)} at most`);
  const limit = AbortSignal.timeout(waitMs);
  let holder = first;
  try {
    return await waitForLock(file, AbortSignal.any([signal, limit]), (other) => {
      holder = other;
    });
  } catch (error) {
    signal.throwIfAborted();
    if (!limit.aborted) throw error;
    throw new SluiceError('locked', `${heldBy(holder, where)}, still after ${describeWait(waitMs)}`);
  }
}

function lockFileOf(name: string, env: Readonly<Record<string, string | undefined>>, where: string): string {
  const home = stateHome(env);
  if (home === false) throw new SluiceError('usage', `${where}: there is no home for a lock`);
  try {
    return join(openLocksFolder(home), name);
  } catch (error) {
    throw new SluiceError('usage', `${where}: there can be no lock in ${home}: ${messageOf(error)}`, { cause: error });
  }
}

function heldBy(holder: LockHolder, where: string): string {
  return `${where}: another run has this lock${describeHolder(holder)}`;
}
