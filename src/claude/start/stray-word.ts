import type { Field } from '../../request/field.ts';
import { ALL_RUN_OPTIONS } from '../../request/run-options.ts';

/**
 * The first word among arguments for claude that belongs to no flag, if there is one. Claude drops it and says nothing:
 * its prompt comes over stdin (2.1.197, 2.1.332). A flag that is not in our table is taken to have any number of values.
 */
export function strayWord(args: readonly string[]): string | undefined {
  for (let index = 0; index < args.length;) {
    const argument = args[index] ?? '';
    if (argument === '--') return args[index + 1];
    if (!isFlag(argument)) return argument;
    index += 1 + countValues(argument, args.slice(index + 1));
  }
  return undefined;
}

/** How many of the arguments that follow a flag are its values. */
function countValues(flag: string, following: readonly string[]): number {
  const next = following.findIndex(isFlag);
  const words = next === -1 ? following.length : next;
  const field = fieldOf(flag);
  if (field === undefined) return words;
  if (flag.includes('=') || field.claude === 'flag') return 0;
  if (field.claude === 'flag or value') return Math.min(words, 1);
  // A value must be there, and may begin with a dash.
  return field.flags.endsWith('...>') ? words : 1;
}

function isFlag(argument: string): boolean {
  return argument.startsWith('-') && argument !== '-';
}

function fieldOf(argument: string): Field | undefined {
  const [name = ''] = argument.split('=', 1);
  return ALL_RUN_OPTIONS.find(({ claude, flags }) => {
    return claude !== undefined && flags.split(/[ ,]+/).includes(name);
  });
}
