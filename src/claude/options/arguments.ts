import { type ClaudeOptions, type Flag, FLAGS } from './flags.ts';
import type { PrivateFolder } from '../../system/private-folder.ts';

/** How sluice always talks to claude: messages in both directions, prompt on stdin. */
const PROTOCOL = ['-p', '--output-format=stream-json', '--input-format=stream-json', '--verbose'];

/**
 * Claude's argument vector. Every value is joined to its flag by `=`, since lists would swallow what follows, and a
 * value may begin with `-`. Inline JSON goes through private files; {@link ClaudeOptions.agents} is not here at all,
 * since 2.1.197 reads no file for it: it goes over stdin.
 */
export function claudeArguments(
  options: ClaudeOptions,
  passThrough: readonly string[],
  folder: PrivateFolder,
): string[] {
  const rows: readonly Flag[] = FLAGS;
  const own = rows.flatMap((row) => {
    const value: unknown = Reflect.get(options, row.name);
    return value === undefined || row.name === 'agents' ? [] : flagArguments(row, value, folder);
  });
  return [...PROTOCOL, ...own, ...passThrough];
}

function flagArguments(row: Flag, value: unknown, folder: PrivateFolder): string[] {
  switch (row.kind) {
    case 'boolean':
      return value === true ? [row.flag] : [];
    case 'optional':
      return value === true ? [row.flag] : value === false ? [] : [`${row.flag}=${String(value)}`];
    case 'value':
      return [`${row.flag}=${String(value)}`];
    case 'tools':
      return [`${row.flag}=${asList(value).join(',')}`];
    case 'list':
    case 'repeated':
      return asList(value).map((item) => `${row.flag}=${String(item)}`);
    case 'json':
    case 'jsons':
      return asList(value).map((item, index) => {
        const json = inlineJson(item);
        return `${row.flag}=${json === null ? String(item) : folder.write(`${row.name}-${index}.json`, json)}`;
      });
    default:
      return row.kind satisfies never;
  }
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** The JSON text of a value that is given in place, or null when it is a file's path. */
export function inlineJson(value: unknown): string | null {
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^\s*[{[]/.test(value) ? value : null;
}
