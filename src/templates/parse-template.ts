import { dirname } from 'node:path';
import { type Layer, resolveSettings } from '../config/layers.ts';
import { OPTIONS } from '../config/command-options/options.ts';
import { messageOf } from '../errors.ts';
import { isRecord } from '../is-record.ts';
import { nearest } from '../nearest.ts';
import { ALL_RUN_OPTIONS } from '../request/run-options.ts';
import { flagOf } from '../request/flag.ts';
import { type Entry, readFrontMatter } from './front-matter.ts';
import { parseText } from './references.ts';
import type { Problem, Template } from './template.ts';
import { declareVariable, type Variable } from './declared-variables.ts';

/** What is known of a template before it is read. */
export type Whereabouts = Pick<Template, 'name' | 'origin' | 'source' | 'path' | 'root'>;

/** What a template's own entries in the front matter are called; the others are fields of a run. */
const OWN = ['description', 'vars', 'env'];

/**
 * Understands the text of a template's file.
 * @returns the template as far as it was understood, and all that is wrong with it, in the order of its lines
 */
export function parseTemplate(
  file: string,
  whereabouts: Whereabouts,
): { readonly template: Template; readonly problems: readonly Problem[] } {
  const { entries, text, textLine, problems: flaws } = readFrontMatter(file.replaceAll('\r\n', '\n'));
  const problems = [...flaws];
  const isTrusted = whereabouts.origin !== 'project';

  function description(): string {
    const { value = '', line = 1 } = entries.get('description') ?? {};
    if (typeof value === 'string') return value.trim();
    problems.push({ line, message: 'description: expected a text' });
    return '';
  }

  function variables(): Variable[] {
    const entry = entries.get('vars');
    if (entry === undefined || entry.value === null) return [];
    const { value, line, lines } = entry;
    if (!isRecord(value)) {
      problems.push({ line, message: 'vars: expected an object, with a name for each variable' });
      return [];
    }
    return Object.entries(value).flatMap(([name, declared]) => {
      try {
        return [declareVariable(name, declared)];
      } catch (error) {
        problems.push({ line: lines.get(name) ?? line, message: `vars.${name}: ${messageOf(error)}` });
        return [];
      }
    });
  }

  function environment(): readonly string[] | null {
    const entry = entries.get('env');
    if (entry === undefined || entry.value === null) return isTrusted ? [] : null;
    const names = [entry.value].flat();
    if (!isTrusted)
      problems.push({ line: entry.line, message: 'env: a template of the project cannot read the environment' });
    else if (names.every((name) => typeof name === 'string')) return names;
    else problems.push({ line: entry.line, message: 'env: expected a list of names of variables' });
    return isTrusted ? [] : null;
  }

  const asked = [...entries].filter(([name]) => !OWN.includes(name));
  for (const [name, entry] of asked) problems.push(...flawsOf(name, entry, whereabouts));
  const declared = variables();
  const names = { variables: declared.map(({ name }) => name), env: environment(), root: whereabouts.root };
  const body = parseText(text, textLine, names);
  problems.push(...body.problems);
  if (flaws.length === 0 && text.trim() === '')
    problems.push({ line: textLine, message: 'there is no text: nothing would be asked' });
  return {
    template: {
      ...whereabouts,
      description: description(),
      fields: Object.fromEntries(asked.map(([name, { value }]) => [name, value])),
      variables: declared,
      pieces: body.pieces,
    },
    problems: problems.toSorted((one, other) => one.line - other.line),
  };
}

/** What of a template makes a layer. */
type Asking = Pick<Template, 'source' | 'path' | 'origin' | 'fields'>;

/**
 * A template's fields as a layer of settings.
 * @param cwd what relative paths in one of sluice's count from; in a file's, from its folder
 */
export function layerOf({ source, path, origin, fields }: Asking, cwd: string): Layer {
  return {
    name: source,
    kind: origin === 'project' ? 'project template' : 'template',
    values: fields,
    folder: path === null ? cwd : dirname(path),
  };
}

/** What is wrong with a field of a run by itself, whatever else is set. */
function flawsOf(name: string, { value, line }: Entry, { source, path, origin }: Whereabouts): Problem[] {
  const fields = ALL_RUN_OPTIONS.map((field) => field.name);
  if (!fields.includes(name)) return [{ line, message: unknownField(name, fields) }];
  try {
    resolveSettings([layerOf({ source, path, origin, fields: { [name]: value } }, '/')], {});
    return [];
  } catch (error) {
    return [{ line, message: messageOf(error).replace(`${source}: `, '') }];
  }
}

function unknownField(name: string, fields: readonly string[]): string {
  const option = OPTIONS.find((one) => one.name === name);
  if (option !== undefined) return `${name}: a template cannot set it; say ${flagOf(option)}`;
  const near = nearest(name, [...OWN, ...fields]);
  const shown = name.length > 60 ? 'of that name' : `"${name}"`;
  return `there is no field ${shown}${near === undefined ? '' : `; did you mean ${near}?`}`;
}
