import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import type { FileLock } from '../../system/file-lock.ts';
import type { Io } from '../io.ts';
import { whereSet } from './where-set.ts';

/**
 * Takes the lock that settings name; none where they name none.
 * @param signal ends the wait
 * @param tell told whom it waits for
 * @throws SluiceError `locked`, `usage`; the signal's reason
 */
export async function lockOf(
  settings: Settings,
  { env }: Pick<Io, 'env'>,
  signal: AbortSignal,
  tell: (text: string) => void,
): Promise<FileLock[]> {
  const name = read(settings, OPTION.lock);
  if (name === undefined) return [];
  const { takeLock } = await import('../service/take-lock.ts');
  const wanted = { name, waitMs: read(settings, OPTION.lockWait), where: whereSet(settings, 'lock') };
  return [await takeLock(wanted, env, signal, tell)];
}
