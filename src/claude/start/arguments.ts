import type { ClaudeOptions } from '../../request/run-options.ts';
import { ALL_RUN_OPTIONS } from '../../request/run-options.ts';
import type { Field } from '../../request/field.ts';
import { flagOf } from '../../request/flag.ts';
import { isJsonPath, jsons, jsonText } from '../../request/kinds/json.ts';
import type { PrivateFolder } from '../../system/private-folder.ts';

/** How sluice always talks to claude: messages in both directions, prompt on stdin. */
const PROTOCOL = ['-p', '--output-format=stream-json', '--input-format=stream-json', '--verbose'];

/** Has claude send its host a `can_use_tool` for each call that needs a yes (2.1.197, 2.1.332). */
export const ASKING = ['--permission-prompt-tool=stdio'];

/**
 * Claude's argument vector. Every value is joined to its flag by `=`, since lists would swallow what follows, and a
 * value may begin with `-`. Inline JSON goes through private files.
 */
export function claudeArguments(
  options: ClaudeOptions,
  passThrough: readonly string[],
  folder: PrivateFolder,
): string[] {
  const asked = new Map<string, unknown>(Object.entries(options));
  const own = ALL_RUN_OPTIONS.flatMap((field) => {
    const value = asked.get(field.name);
    return value === undefined ? [] : flagArguments(field, value, folder);
  });
  return [...PROTOCOL, ...own, ...passThrough];
}

function flagArguments(field: Field, value: unknown, folder: PrivateFolder): string[] {
  const flag = flagOf(field);
  switch (field.claude) {
    case undefined:
    case 'stdin':
      return [];
    case 'flag':
      return value === true ? [flag] : [];
    case 'flag or value':
      return value === true ? [flag] : value === false ? [] : [`${flag}=${String(value)}`];
    case 'value':
      return [`${flag}=${field.synonyms?.get(String(value)) ?? String(value)}`];
    case 'joined':
      return [`${flag}=${asList(value).join(',')}`];
    case 'each':
      return asList(value).map((item) => `${flag}=${String(item)}`);
    case 'json':
      return (jsons.is(value) ? [value].flat() : []).map((item, index) => {
        if (isJsonPath(item)) return `${flag}=${item}`;
        return `${flag}=${folder.write(`${field.name}-${index}.json`, jsonText(item))}`;
      });
    default:
      return field.claude satisfies never;
  }
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
