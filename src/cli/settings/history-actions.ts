import { OPTIONS } from '../../config/command-options/options.ts';
import { SluiceError } from '../../errors.ts';
import { flagOf } from '../../request/flag.ts';
import type { ActionOf } from '../commands/first-words.ts';
import type { Invocation } from '../program.ts';
import { rejectForeignFlags } from './foreign-flags.ts';

const PRINTED = ['output', 'color', 'quiet'];
const FILTERS = ['historyClasses', 'historySince', 'historyUntil', 'labels', 'model', 'cwd', 'resume', 'failed'];
const LISTED = [...PRINTED, ...FILTERS, 'historyLimit'];

/** The options that each action takes; null: those of another command. */
const OPTIONS_OF: Readonly<Record<ActionOf<'history'>, readonly string[] | null>> = {
  list: LISTED,
  search: LISTED,
  show: null,
  resume: null,
  cost: [...PRINTED, ...FILTERS, 'historyBy'],
  prune: [...PRINTED, 'historyKeepRuns', 'historyKeepBytes', 'historyKeepFor'],
};

/**
 * A flag that an action would ignore is refused: whoever types one expects something of it.
 * @throws SluiceError `usage`
 */
export function checkFlags(action: ActionOf<'history'>, { flags, switches }: Invocation): void {
  const taken = OPTIONS_OF[action];
  const isForeign = (name: string): boolean =>
    taken === null
      ? OPTIONS.some((option) => option.name === name && option.commands?.includes('history') === true)
      : !taken.includes(name);
  const foreign = OPTIONS.find(({ name }) => flags[name] !== undefined && isForeign(name));
  const flag =
    foreign === undefined
      ? switches.has('failed') && taken?.includes('failed') !== true
        ? '--failed'
        : undefined
      : flagOf(foreign);
  if (flag !== undefined) throw new SluiceError('usage', `${flag}: sluice history ${action} does not take it`);
  if (action === 'show') rejectForeignFlags(flags, 'replay', 'history show');
}
