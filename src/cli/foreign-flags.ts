import { flagOf } from '../request/flag.ts';
import { OPTIONS } from '../config/options/options.ts';
import { SluiceError } from '../errors.ts';
import type { Field } from '../request/field.ts';
import type { Invocation } from './program.ts';

/** What is said to all commands alike. */
const COMMON = ['color', 'quiet', 'ignoreHup', 'ignoreInt'];

/**
 * Flags that `sluice redact` would ignore are refused: whoever types one expects something of it. Variables and files set
 * the same options for runs, and do no harm here.
 * @throws SluiceError `usage`
 */
export function rejectForeignFlags(flags: Invocation['flags']): void {
  if (flags['noRedact'] === true) throw new SluiceError('usage', '--no-redact: to redact is all this command does');
  const foreign = OPTIONS.find((option) => flags[option.name] !== undefined && isForeign(option));
  if (foreign === undefined) return;
  const flag = flags[foreign.name] === false ? flagOf(foreign).replace('--', '--no-') : flagOf(foreign);
  const hint = foreign.name === 'output' ? '; --report prints JSON' : '';
  throw new SluiceError('usage', `${flag}: it is for runs, not for sluice redact${hint}`);
}

function isForeign({ name, group }: Field): boolean {
  return !COMMON.includes(name) && (group !== 'Secrets' || name === 'redactInput');
}
