import { flagOf } from '../../request/flag.ts';
import { OPTIONS } from '../../config/options/options.ts';
import { SluiceError } from '../../errors.ts';
import type { Field } from '../../request/field.ts';
import type { Invocation } from '../program.ts';

/** What is said to all commands alike. */
export const COMMON = ['color', 'quiet', 'ignoreHup', 'ignoreInt'];

/**
 * Flags that `sluice redact` would ignore are refused: whoever types one expects something of it. Variables and files set
 * the same options for runs, and do no harm here.
 * @throws SluiceError `usage`
 */
export function rejectForeignFlags(flags: Invocation['flags']): void {
  if (flags['noRedact'] === true) throw new SluiceError('usage', '--no-redact: to redact is all this command does');
  reject(flags, 'redact', ({ name, group }) => {
    return !COMMON.includes(name) && (group !== 'Secrets' || name === 'redactInput');
  });
}

/** What a run that is over is judged by. */
const JUDGED = ['failOnDenied', 'jsonSchema'];

/**
 * `sluice replay` asks nothing: it takes flags that say what is printed, what is masked and how the outcome is judged.
 * @throws SluiceError `usage`
 */
export function rejectRunFlags(flags: Invocation['flags']): void {
  reject(flags, 'replay', ({ name, group }) => {
    if (COMMON.includes(name) || JUDGED.includes(name)) return false;
    return group !== 'Output' && (group !== 'Secrets' || name === 'redactInput');
  });
}

function reject(flags: Invocation['flags'], command: string, isForeign: (option: Field) => boolean): void {
  const foreign = OPTIONS.find((option) => flags[option.name] !== undefined && isForeign(option));
  if (foreign === undefined) return;
  const flag = flags[foreign.name] === false ? flagOf(foreign).replace('--', '--no-') : flagOf(foreign);
  const hint = command === 'redact' && foreign.name === 'output' ? '; --report prints JSON' : '';
  throw new SluiceError('usage', `${flag}: it is for runs, not for sluice ${command}${hint}`);
}
