import { homedir } from 'node:os';
import { join } from 'node:path';

/** The default folder for what outlives a process; false for a user without a home. */
export function stateHome(env: Readonly<Record<string, string | undefined>>): string | false {
  if (env['XDG_STATE_HOME']) return join(env['XDG_STATE_HOME'], 'sluice');
  try {
    return join(env['HOME'] || homedir(), '.local', 'state', 'sluice');
  } catch {
    return false;
  }
}
