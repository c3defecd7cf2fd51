import { flagOf } from '../../request/flag.ts';
import { OPTIONS } from '../../config/command-options/options.ts';
import { SluiceError } from '../../errors.ts';
import type { Field } from '../../request/field.ts';
import type { Invocation } from '../program.ts';

/** The commands that run nothing, but for `history`, which may resume a run. */
const RUNLESS = ['redact', 'replay', 'report', 'explain', 'condense', 'templates', 'cache'] as const;

/**
 * Flags that a command which runs nothing would ignore are refused: the user expects an effect of a flag. Variables
 * and files set the same options for runs, and do no harm there.
 * @param shown what errors call the command
 * @throws SluiceError `usage`
 */
export function rejectForeignFlags(
  flags: Invocation['flags'],
  command: (typeof RUNLESS)[number],
  shown: string = command,
): void {
  if (command === 'redact' && flags['noRedact'] === true)
    throw new SluiceError('usage', '--no-redact: to redact is all this command does');
  const foreign = OPTIONS.find((option) => flags[option.name] !== undefined && !isHeeded(option, command));
  if (foreign === undefined) return;
  const flag = flags[foreign.name] === false ? flagOf(foreign).replace('--', '--no-') : flagOf(foreign);
  const hint = command === 'redact' && foreign.name === 'output' ? '; --report prints JSON' : '';
  throw new SluiceError('usage', `${flag}: it is for runs, not for sluice ${shown}${hint}`);
}

/** Whether a command refuses a flag, since that is for runs. */
export function isForeign(option: Pick<Field, 'heededBy'>, command: string): boolean {
  return RUNLESS.some((name) => name === command) && !isHeeded(option, command);
}

/** Whether an option means something to a command that runs nothing. */
export function isHeeded({ heededBy }: Pick<Field, 'heededBy'>, command: string): boolean {
  return heededBy?.includes(command) === true;
}
