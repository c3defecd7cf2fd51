import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../errors.ts';
import type { History } from '../../runs/disk/history.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import type { Io } from '../io.ts';
import { stateHome } from './state-home.ts';

/** Where a user's history is, and where it says what is wrong with it. */
interface HistoryIo extends Pick<Io, 'env'> {
  readonly stderr: Pick<Io['stderr'], 'write'>;
}

/** The history of this user; null where no run was ever kept. Warns of what can't be read. */
export async function openUsersHistory({ env, stderr }: HistoryIo): Promise<History | null> {
  const folder = stateHome(env);
  if (folder === false || !existsSync(join(folder, 'index.db'))) return null;
  const { openHistory } = await import('../../runs/disk/history.ts');
  const onFault = (error: unknown): void =>
    void stderr.write(`sluice: warning: ${oneLine(`${folder}: ${messageOf(error)}`)}\n`);
  return openHistory({ folder, onFault });
}
