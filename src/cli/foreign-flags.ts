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
  reject(flags, 'redact', ({ name, group }) => {
    return !COMMON.includes(name) && (group !== 'Secrets' || name === 'redactInput');
  });
}

/**
 * `sluice replay` asks nothing: flags about a prompt are refused, those about stdin among them, which it reads when told to.
 * @throws SluiceError `usage`
 */
export function rejectPromptFlags(flags: Invocation['flags']): void {
  reject(flags, 'replay', ({ group }) => group === 'Prompt');
}

function reject(flags: Invocation['flags'], command: string, isForeign: (option: Field) => boolean): void {
  const foreign = OPTIONS.find((option) => flags[option.name] !== undefined && isForeign(option));
  if (foreign === undefined) return;
  const flag = flags[foreign.name] === false ? flagOf(foreign).replace('--', '--no-') : flagOf(foreign);
  const hint = command === 'redact' && foreign.name === 'output' ? '; --report prints JSON' : '';
  throw new SluiceError('usage', `${flag}: it is for runs, not for sluice ${command}${hint}`);
}
