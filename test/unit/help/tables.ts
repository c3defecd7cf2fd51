import * as z from 'zod';
import { describeOption } from '../../../src/cli/describe-option.ts';
import { COMMANDS } from '../../../src/cli/commands/commands.ts';
import { SHORTHANDS } from '../../../src/cli/program.ts';
import { nameInFiles, variableOf } from '../../../src/config/derived-names.ts';
import { OPTIONS } from '../../../src/config/command-options/options.ts';
import { bundleSchema } from '../../../src/outcome/bundle.ts';
import { EXIT_CODES, type OutcomeClass, RETRYABLE } from '../../../src/outcome/classes.ts';
import { KNOWN_NAMES } from '../../../src/messages/recognise.ts';
import { SCHEMAS } from '../../../src/messages/schemas.ts';
import type { Field } from '../../../src/request/field.ts';
import { flagOf } from '../../../src/request/flag.ts';

type Row = readonly string[];

/** Finds what a page says of something, by its name in the first column. */
type Words = (name: string) => string;

/** What stands between two marks of a page, made from the code. The pages' own words about a row are kept. */
export type Generated = (argument: string, words: Words) => string;

/** By the name in `<!-- name argument -->`, which begins what is generated; `<!-- end -->` ends it. */
export const GENERATED: Readonly<Record<string, Generated>> = {
  flags: (group) => table(['flag', 'what it does'], flagsOf(group)),
  switches: (command, words) =>
    table(
      ['flag', 'what it does'],
      switchesOf(command).map(([flag]) => row(code(flag), words)),
    ),
  project: () => table(["option in a project's file", 'what it may do'], narrowings()),
  names: () => table(['flag', 'in a file', 'in the environment'], irregularNames()),
  classes: (_, words) =>
    table(
      ['class', 'exit code', 'what happened'],
      Object.entries(EXIT_CODES).map(([name, exit]) => [code(name), exitCode(name, exit), words(code(name))]),
    ),
  retryable: () => `${[...RETRYABLE].map(code).join(', ')}\n`,
  messages: (_, words) =>
    table(
      ['message', 'says'],
      KNOWN_NAMES.map((name) => row(code(name), words)),
    ),
  fields: () =>
    table(
      ['message', 'fields'],
      KNOWN_NAMES.map((name, index) => [code(name), fieldsOf(SCHEMAS[index])]),
    ),
  bundle: (_, words) =>
    table(
      ['field', 'type', 'what it is'],
      bundleFields().map(({ path, type, about }) => [code(path), type, words(code(path)) || about]),
    ),
};

/** The groups of flags, in the order of help. */
export const GROUPS: readonly string[] = [...new Set(OPTIONS.map(({ group }) => group))];

function table(head: Row, rows: readonly Row[]): string {
  const escaped = rows.map((cells) => cells.map((cell) => cell.replaceAll(/(?<!\\)\|/g, String.raw`\|`)));
  return [head, head.map(() => '---'), ...escaped].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function row(name: string, words: Words): Row {
  return [name, words(name)];
}

function code(text: string): string {
  return `\`${text}\``;
}

function flagsOf(group: string): readonly Row[] {
  const own = OPTIONS.filter((option) => option.group === group).map((option) => [
    option.flags,
    describeOption(option),
  ]);
  const short = SHORTHANDS.flatMap((entry) =>
    'group' in entry && entry.group === group ? [[entry.flags, entry.help]] : [],
  );
  const http = group === 'MCP' ? switchesOf('mcp') : [];
  return [...own, ...short, ...http].map(([flags = '', help = '']) => [spelt(flags), help]);
}

/** The flags that one command has and no other. */
export function switchesOf(name: string): readonly (readonly [flag: string, help: string])[] {
  const command = COMMANDS.find((command) => command.name === name);
  return command !== undefined && 'switches' in command ? command.switches : [];
}

/** `-o, --output <FORMAT>` as people write about it, the spelling that sluice prefers before those of claude's own. */
function spelt(flags: string): string {
  const [, names = '', value = ''] = /^(.*?)( [[<].*)?$/.exec(flags) ?? [];
  const shown = value.replaceAll(/[<>]/g, '').replace('...', '…');
  const spellings = names.split(', ').toSorted((one, other) => Number(/[A-Z]/.test(one)) - Number(/[A-Z]/.test(other)));
  return spellings.map((name) => code(name.startsWith('--') ? name + shown : name)).join(', ');
}

const NARROWINGS: readonly (readonly [string, (rule: NonNullable<Field['project']>) => boolean])[] = [
  ['lower it', (rule) => rule === 'lower' || (typeof rule === 'object' && 'atMost' in rule)],
  ['take some away', (rule) => rule === 'restrict'],
  ['add some', (rule) => rule === 'add'],
  ['switch it on', (rule) => rule === 'on'],
  ['choose', (rule) => rule === 'harmless'],
];

function narrowings(): readonly Row[] {
  const settable = OPTIONS.flatMap(({ name, project }) => (project === undefined ? [] : [{ name, project }]));
  const together = NARROWINGS.map(([words, fits]) => [
    settable
      .filter(({ project }) => fits(project))
      .map(({ name }) => code(name))
      .join(', '),
    words,
  ]);
  const ranked = settable.flatMap(({ name, project }) =>
    typeof project === 'object' && 'narrowestFirst' in project
      ? [[code(name), `${project.narrowestFirst.map(code).join(' or ')}, the strictest first: the stricter one counts`]]
      : [],
  );
  return [...together, ...ranked, ['everything else', 'an error']];
}

/** Options whose names in files or variables are not those that their flags lead to expect. */
function irregularNames(): readonly Row[] {
  const lasting = OPTIONS.filter(({ flagOnly }) => flagOnly !== true);
  return lasting.flatMap((option) => {
    const flag = flagOf(option);
    const expected = flag.replace('--', '').replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    if (expected === option.name && option.environment === undefined) return [];
    const also = option.environment === undefined ? '' : `, ${code(option.environment.name)}`;
    return [[code(flag), code(nameInFiles(option.name)), code(variableOf(option)) + also]];
  });
}

function exitCode(name: string, exit: number): string {
  return `${exit}${RETRYABLE.has(name as OutcomeClass) ? ', try again' : ''}`;
}

/** The fields that a schema names, those that may be missing with a question mark; not those that all messages share. */
function fieldsOf(schema: (typeof SCHEMAS)[number] | undefined): string {
  const shared = ['type', 'subtype', 'uuid', 'session_id', 'parent_tool_use_id'];
  const own = Object.entries<z.core.$ZodType>(schema?.shape ?? {}).filter(([name]) => !shared.includes(name));
  return own.map(([name, field]) => code(name + (z.safeParse(field, undefined).success ? '?' : ''))).join(', ') || '–';
}

interface BundleField {
  readonly path: string;
  readonly type: string;
  readonly about: string;
}

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly anyOf?: readonly JsonSchema[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** The fields of the bundle, and those of its objects. */
function bundleFields(): readonly BundleField[] {
  const schema = z.toJSONSchema(bundleSchema) as JsonSchema;
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const inner = Object.entries(field.properties ?? {});
    if (inner.length === 0) return [described(name, field, schema)];
    return inner.map(([key, value]) => described(`${name}.${key}`, value, field));
  });
}

function described(path: string, field: JsonSchema, parent: JsonSchema): BundleField {
  const name = path.split('.').at(-1) ?? '';
  const optional = parent.required?.includes(name) === true ? '' : '?';
  return { path, type: typeOf(field) + optional, about: field.description ?? '' };
}

function typeOf({ type, anyOf, const: only }: JsonSchema): string {
  if (only !== undefined) return JSON.stringify(only);
  if (anyOf !== undefined) return anyOf.map(typeOf).join(' or ');
  return [type ?? 'any JSON'].flat().join(' or ');
}
