import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where claude runs, and with what. */
export interface Place {
  readonly env: Environment;
  readonly cwd: string;
}

/** Where claude keeps its configuration and its sessions, as it finds that: from the environment it is given. */
export function configFolder({ env, cwd }: Place): string {
  // An empty one would be the working directory to some versions, and none to others.
  const chosen = env['CLAUDE_CONFIG_DIR'] || undefined;
  return chosen === undefined ? join(homeOf(env), '.claude') : resolve(cwd, chosen);
}

/** The file beside its configuration that holds what it was told on the way, such as the user's MCP servers. */
export function configFile(place: Place): string {
  return join(place.env['CLAUDE_CONFIG_DIR'] ? configFolder(place) : homeOf(place.env), '.claude.json');
}

/** The user's home, as claude finds it. */
export function homeOf(env: Environment): string {
  return (process.platform === 'win32' ? env['USERPROFILE'] : env['HOME']) || homedir();
}
