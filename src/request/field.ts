import type { Kind, Parse, Values } from './kinds/kind.ts';
import type { Narrowing } from './narrowing/narrow.ts';

/**
 * One thing that can be asked for: the single place that knows its names, its meaning, its default and who may set it.
 * Command line, variables, configuration files, the library and servers all go by it.
 */
export interface Field<Value = unknown> {
  /** Its key in requests and configuration files. */
  readonly name: string;
  readonly kind: Kind<Value>;
  /** The flag, and other spellings of it before it, as commander writes them. */
  readonly flags: string;
  /** The heading that its flag has in help. */
  readonly group: string;
  /** What its flag does, for help. */
  readonly help: string;
  /** What counts where nobody says anything; absent: nothing, or what claude does by itself. */
  readonly default?: Value;
  /** An environment variable besides `SLUICE_*`, with its own way to be read. */
  readonly environment?: { readonly name: string; readonly parse: Parse<Value> };
  /** What an untrusted project file may do to it; absent: it may not set it. */
  readonly project?: Narrowing;
  /** How those who ask a server may set it; absent: it is the operator's alone. */
  readonly caller?: ForCallers;
  /** How claude is given it; absent: it is sluice's own. */
  readonly claude?: Passing;
  /** Words of some versions of claude for a value, and the one that all of them know. */
  readonly synonyms?: ReadonlyMap<string, string>;
  /** The flag may be given more than once; each gives one value of the list. */
  readonly repeated?: true;
  /** Every layer adds to the list: none takes the place of another. */
  readonly accumulates?: true;
  /** A file may have an object in place of a list of `KEY=VALUE`. */
  readonly keyed?: true;
  /** Its value is a path or a list of them; relative ones count from where they are written. */
  readonly paths?: true;
  /** Its values are secrets themselves, or were ones: they are never shown. */
  readonly sensitive?: true;
  /** Only on the command line: it makes no sense as a lasting setting. */
  readonly flagOnly?: true;
  /** Why servers refuse it, wherever it is set; absent: it is for them too. */
  readonly unserved?: string;
  /**
   * Where a gateway carries out the run: done on this side of it all the same, as all is that a replay heeds, or why it
   * can't be had. Absent: it is sent where callers may set it; of what else there is to a run, the operator has the say.
   */
  readonly remote?: 'here' | { readonly not: string };
  /** It is about one prompt, or what is printed of one run: servers refuse its flag. */
  readonly ofOneRun?: true;
  /** The files or folders that it names must be there before a server starts. */
  readonly mustExist?: true;
  /** The commands that have its flag; absent: every command. */
  readonly commands?: readonly string[];
  /** The commands that it means something to though they run nothing; others of them refuse its flag. */
  readonly heededBy?: readonly string[];
}

/** A field as those who ask a server have it. */
export interface ForCallers {
  /** Its key in their requests; absent: its own. */
  readonly name?: string;
  /** What it does, for the model that asks. */
  readonly help: string;
  /** What they may do to what the operator allows. What goes further is refused. */
  readonly narrowing: Narrowing;
  /** What they may give, where that is less than its kind. */
  readonly values?: Values<unknown>;
  /** What counts where they give nothing, whatever the operator has; absent: what the operator has. */
  readonly default?: unknown;
  /** They say yes where the field says no. */
  readonly negated?: true;
  /** The most that they may give, in words that follow "At most"; absent: its name and the number. */
  readonly most?: (limit: number) => string;
}

/** How claude is given a value. */
export type Passing =
  /** the flag, present or absent */
  | 'flag'
  /** the flag, with a value or without one */
  | 'flag or value'
  /** one value */
  | 'value'
  /** the flag once for each value */
  | 'each'
  /** values joined by commas, which claude splits again */
  | 'joined'
  /** JSON or a file's path; JSON never goes on the command line, where `ps` shows it */
  | 'json'
  /** a message on stdin */
  | 'stdin';

/** The values that fields stand for, absent where nobody says anything. Documentation of the fields goes with them. */
export type ValuesOf<Fields extends Readonly<Record<string, Field>>> = {
  readonly [Name in keyof Fields]?: Fields[Name]['kind'] extends Kind<infer Value> ? Value : never;
};

/** Fields by name, each under its own. */
export type FieldTable<Name extends string = string> = { readonly [Key in Name]: Field & { readonly name: Key } };
