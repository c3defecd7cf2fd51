import { MARKER_NAME } from '../claude/survivors/marker.ts';
import { nearest } from './nearest.ts';
import type { Option } from './options/option.ts';
import { OPTIONS } from './options/options.ts';

/** The long flag of an option, for messages. */
export function flagOf({ flags }: Option): string {
  return /--[\w-]+(?=[^,]*$)/.exec(flags)?.[0] ?? flags;
}

/** The variable that sets an option: `SLUICE_` and its name. */
export function variableOf({ name }: Option): string {
  return `SLUICE_${name.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase()}`;
}

/** What errors call the place of a value: its flag, its variable, or the file and the option in it. */
export function whereOf(option: Option, from: string): string {
  const names = [flagOf(option), variableOf(option), option.environment?.name];
  return names.includes(from) ? from : `${from}: ${option.name}`;
}

/** Variables that look like ours and set nothing, each with what it may have been meant for. */
export function strayVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = [...OPTIONS.filter((option) => option.flagOnly !== true).map(variableOf), 'SLUICE_CONFIG', MARKER_NAME];
  return Object.keys(env)
    .filter((name) => name.startsWith('SLUICE_') && !name.startsWith('SLUICE_TEST_') && !known.includes(name))
    .map((name) => {
      const near = nearest(name, known);
      return `${name} sets nothing${near === undefined ? '' : `; did you mean ${near}?`}`;
    });
}
