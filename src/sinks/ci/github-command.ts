import { defuseCommands, neutralise } from '../safe-text.ts';

/**
 * A workflow command of GitHub Actions, on a line of its own. Whatever its texts hold, the runner takes it for this command
 * and no other. It is what `@actions/core` writes, of which three lines would be used: that brings an HTTP client along.
 * Source: `ActionCommand.TryParseV2` of actions/runner, which undoes the escapes.
 */
export function githubCommand(
  name: 'group' | 'endgroup' | 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string | number | undefined>> = {},
  data = '',
): string {
  const told = Object.entries(properties)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name}${told.length === 0 ? '' : ` ${told.join(',')}`}::${escapeData(data)}\n`;
}

/** Its lines stay lines. */
function escapeData(text: string): string {
  return harmless(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return harmless(text)
    .trim()
    .replaceAll('%', '%25')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(':', '%3A')
    .replaceAll(',', '%2C');
}

/** The runner prints it again, where other commands are looked for. */
function harmless(text: string): string {
  return defuseCommands(neutralise(text));
}
