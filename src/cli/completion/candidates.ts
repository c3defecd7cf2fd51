import { COMMANDS } from '../commands/commands.ts';
import { type Flag, flagsFor } from './flags.ts';

/** A word to go on with. */
export interface Candidate {
  readonly word: string;
  readonly help: string;
}

/** What may stand under the cursor: words, or the name of a file, which the shell knows best. */
export type Candidates = readonly Candidate[] | 'files';

/** Where values come from that are not written on the line. */
export interface ValuesOf {
  /** Those of a flag, by its option and by what takes the place of its value in help. */
  option(option: string | undefined, placeholder: string): Promise<Candidates> | Candidates;
  /** Those of an operand of a command, by the ones before it. */
  operand(command: string, before: readonly string[]): Promise<Candidates> | Candidates;
}

/**
 * What a command line can go on with.
 * @param words those up to the cursor, without the program; the last one is under the cursor and may be empty
 * @param valuesOf the values of an option, or of a command's operands
 */
export function candidatesFor(words: readonly string[], valuesOf: ValuesOf): Promise<Candidates> | Candidates {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  // What is behind it is prompt, or claude's.
  if (before.includes('--')) return [];
  const [first] = before;
  const command = COMMANDS.find(({ name }) => name === first)?.name ?? 'run';
  const flags = flagsFor(command);
  const [, assigned, start] = /^(--[\w-]+)=(.*)$/s.exec(current) ?? [];
  const open = assigned === undefined ? openFlag(before, flags, current) : named(flags, assigned);
  if (open?.value !== undefined) {
    return beginning(
      start ?? current,
      valuesOf.option(open.option, open.value),
      assigned === undefined ? '' : `${assigned}=`,
    );
  }
  if (current.startsWith('-')) return flags.flatMap((flag) => spelt(flag, current));
  const operands = command === 'run' ? [] : before.slice(1).filter((word) => !word.startsWith('-'));
  if (before.length === 0)
    return matching(
      current,
      COMMANDS.map(({ name, help }) => ({ word: name, help })),
    );
  return beginning(current, valuesOf.operand(command, operands), '');
}

/** The flag whose value is under the cursor: the one before it, or one that takes every word up to the next flag. */
function openFlag(before: readonly string[], flags: readonly Flag[], current: string): Flag | undefined {
  const at = before.findLastIndex((word) => word.startsWith('-'));
  const flag = named(flags, before[at] ?? '');
  if (flag?.value === undefined || current.startsWith('-')) return undefined;
  return at === before.length - 1 || flag.value.endsWith('...>') ? flag : undefined;
}

function named(flags: readonly Flag[], name: string): Flag | undefined {
  return flags.find(({ names }) => names.includes(name));
}

function spelt({ names, help }: Flag, start: string): Candidate[] {
  // One spelling is enough, and the long one says what it is.
  const word = names.findLast((name) => name.startsWith(start));
  return word === undefined ? [] : [{ word, help }];
}

async function beginning(start: string, values: Promise<Candidates> | Candidates, prefix: string): Promise<Candidates> {
  const known = await values;
  return known === 'files' ? known : matching(start, known).map(({ word, help }) => ({ word: prefix + word, help }));
}

function matching(start: string, candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(({ word }) => word.startsWith(start));
}
