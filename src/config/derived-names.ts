import { MARKER_NAME } from '../claude/process-tree/marker.ts';
import type { Field } from '../request/field.ts';
import { flagOf } from '../request/flag.ts';
import { nearest } from '../nearest.ts';
import { OPTIONS } from './command-options/options.ts';

/** The variable that sets an option: `SLUICE_` and its name. */
export function variableOf({ name }: Field): string {
  return `SLUICE_${name.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase()}`;
}

/** What errors call the place of a value: its flag, its variable, or the file and the option in it. */
export function whereOf(option: Field, from: string): string {
  const names = [flagOf(option), variableOf(option), option.environment?.name];
  return names.includes(from) ? from : `${from}: ${nameInFiles(option.name)}`;
}

/** The sections that options of servers stand in, in files, and that their names begin with everywhere else. */
export const SECTIONS = ['server', 'mcp', 'serve'];

/** The name of an option as files have it: `server.roots` for `serverRoots`. */
export function nameInFiles(name: string): string {
  const section = SECTIONS.find((section) => new RegExp(`^${section}[A-Z]`).test(name));
  const isOfRuns = OPTIONS.some((option) => option.name === name && option.commands === undefined);
  if (section === undefined || isOfRuns) return name;
  const rest = name.slice(section.length);
  return `${section}.${rest.slice(0, 1).toLowerCase()}${rest.slice(1)}`;
}

/** The name that a wrong one most likely means: one that lacks its section, or one that is spelt alike. */
export function nearestName(wrong: string, known: readonly string[]): string | undefined {
  const plain = (name: string): string => name.replaceAll(/[._-]|^SLUICE/g, '').toLowerCase();
  const sectioned = SECTIONS.map((section) => section + plain(wrong));
  return known.find((name) => sectioned.includes(plain(name))) ?? nearest(wrong, known);
}

/** Whether any variable is called as those of options are. Most runs have none, and it takes long to spell all their names. */
export function hasOwnVariables(env: Readonly<Record<string, string | undefined>>): boolean {
  // In either case: to Windows both are the same.
  return Object.keys(env).some((name) => /^SLUICE_/i.test(name));
}

/** Variables that look like ours and set nothing, each with what it may have been meant for. */
export function strayVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  if (!hasOwnVariables(env)) return [];
  const known = [...OPTIONS.filter((option) => option.flagOnly !== true).map(variableOf), 'SLUICE_CONFIG'];
  return Object.keys(env)
    .filter((name) => name.startsWith('SLUICE_') && !name.startsWith('SLUICE_TEST_'))
    .filter((name) => !known.includes(name) && name !== MARKER_NAME)
    .map((name) => `${name} sets nothing${hintFor(name, known)}`);
}

/** Shorthands on the command line for a value of another option. */
const SHORTHANDS = new Map([
  ['SLUICE_JSON', 'SLUICE_OUTPUT=json'],
  ['SLUICE_NDJSON', 'SLUICE_OUTPUT=ndjson'],
  ['SLUICE_OUTPUT_FORMAT', 'SLUICE_OUTPUT'],
  ['SLUICE_HTTP', 'SLUICE_MCP_TRANSPORT=streamable-http'],
]);

/** What a variable may have been meant for: the flag of that name first, whose option may have another one. */
function hintFor(name: string, known: readonly string[]): string {
  const option = OPTIONS.find((option) => variableLike(flagOf(option)) === name);
  if (option?.flagOnly === true) return `; ${flagOf(option)} is for the command line alone`;
  const meant = SHORTHANDS.get(name) ?? (option === undefined ? nearestVariable(name, known) : variableOf(option));
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

/** What all of them begin with makes none of them alike. */
function nearestVariable(name: string, known: readonly string[]): string | undefined {
  const near = nearestName(withoutPrefix(name), known.map(withoutPrefix));
  return near === undefined ? undefined : `SLUICE_${near}`;
}

function withoutPrefix(variable: string): string {
  return variable.replace('SLUICE_', '');
}

function variableLike(flag: string): string {
  return `SLUICE_${flag.replace('--', '').replaceAll('-', '_').toUpperCase()}`;
}
