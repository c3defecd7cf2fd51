import type { Parse } from '../values.ts';

/** What a project's file may do to an option: it is untrusted, so it narrows or it is refused. */
export type Narrowing =
  /** any value does no harm */
  | 'harmless'
  /** the smaller of its value and the one below it counts, or each of their parts */
  | 'lower'
  /** the same, where nothing below it means this much */
  | { readonly atMost: number }
  /** it adds to the list below it */
  | 'add'
  /** only what is in the list below it too, if there is one */
  | 'restrict'
  /** only true */
  | 'on'
  /** only these values, and none that stands further down than what lies below */
  | { readonly narrowestFirst: readonly string[] };

/** One option of sluice: the single place that knows its names, its meaning and its default. */
export interface Option {
  /** Its key in configuration files and in the resolved options. */
  readonly name: string;
  /** The flag, and other spellings of it, as commander writes them. */
  readonly flags: string;
  readonly group: string;
  readonly help: string;
  readonly parse: Parse;
  /** How a value, or each one of a list, is shown, so that it can be typed again; default: as it is. */
  readonly show?: (value: never) => string;
  readonly default?: unknown;
  /** Environment variables besides `SLUICE_*`, with their own way to be read. */
  readonly environment?: { readonly name: string; readonly parse: Parse };
  /** Absent: a project file may not set it. */
  readonly project?: Narrowing;
  /** The flag may be given more than once; each gives one value of the list. */
  readonly repeated?: true;
  /** Every layer adds to the list: none takes the place of another. */
  readonly accumulates?: true;
  /** A file may have an object in place of a list of `KEY=VALUE`. */
  readonly keyed?: true;
  /** Its values are paths; in a file, relative ones count from its folder. */
  readonly paths?: true;
  /** Its values are secrets themselves, or were ones: they are never shown. */
  readonly sensitive?: true;
  /** Only on the command line: it makes no sense as a lasting setting. */
  readonly flagOnly?: true;
  /** The commands that have its flag; absent: every command. */
  readonly commands?: readonly string[];
}
