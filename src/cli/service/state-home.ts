import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where what outlives a process is kept, unless somebody says where; false for a user who has no home. */
export function stateHome(env: Readonly<Record<string, string | undefined>>): string | false {
  if (env['XDG_STATE_HOME']) return join(env['XDG_STATE_HOME'], 'sluice');
  try {
    return join(env['HOME'] || homedir(), '.local', 'state', 'sluice');
  } catch {
    return false;
  }
}
