import { shellWord } from '../../shell-word.ts';
import type { PrivateFolder } from '../../system/private-folder.ts';
import type { Concealment } from './concealment.ts';
import { programOnPath } from './locate.ts';

/**
 * The variables that have claude start its commands, hooks and MCP servers without what is covered: none where nothing is.
 * A script takes the command as one word and runs it in a shell, the one that claude takes for its commands.
 * @throws SluiceError `internal` where the script could not be run
 */
export function covering(
  { covered }: Concealment,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
  folder: PrivateFolder,
): Record<string, string> {
  if (covered.length === 0) return {};
  const place = { path: env['PATH'], cwd };
  const shell = env['CLAUDE_CODE_SHELL'] ?? programOnPath('bash', place) ?? programOnPath('zsh', place) ?? '/bin/sh';
  const script = coveringScript(covered, shell, env['CLAUDE_CODE_SHELL_PREFIX']);
  return {
    CLAUDE_CODE_SHELL: shell,
    CLAUDE_CODE_SHELL_PREFIX: folder.writeProgram('without-secrets', script),
  };
}

/** @param prefix what was to come before each command, and still does */
export function coveringScript(covered: readonly string[], shell: string, prefix?: string): string {
  // No shell has the others, nor would it unset them.
  const names = covered.filter((name) => /^[A-Za-z_]\w*$/.test(name));
  const command = prefix ? `${shellWord(`${prefixed(prefix)} "$1"`)} sh "$1"` : '"$1"';
  return `#!/bin/sh\nunset ${names.join(' ')}\nexec ${shellWord(shell)} -c ${command}\n`;
}

/** As claude puts a prefix before a command: what comes behind the last ` -` are its arguments (2.1.197). */
function prefixed(prefix: string): string {
  const end = prefix.lastIndexOf(' -');
  return end > 0 ? `${shellWord(prefix.slice(0, end))}${prefix.slice(end)}` : shellWord(prefix);
}
