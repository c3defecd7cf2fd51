import { nearest } from '../request/nearest.ts';
import { SluiceError } from '../errors.ts';
import { CLAUDES_COMMANDS } from './claudes-commands.ts';
import type { Io } from './io.ts';
import { COMMANDS, type Invocation } from './program.ts';

/**
 * A prompt that is a command of claude's, such as `sluice doctor`, or looks like one of ours, such as
 * `sluice repaly run.ndjson`, would be sent to the model and cost money: where nothing comes with it, it is refused
 * instead, with what to do and the way to send it all the same.
 * @throws SluiceError `usage`
 */
export function rejectCommandWord({ operands, print, flags }: Invocation): void {
  const [word] = operands;
  const isClearlyPrompt = print || flags['file'] !== undefined || flags['promptFile'] !== undefined;
  if (word === undefined || operands.length > 2 || isClearlyPrompt) return;
  const instead = operands.length === 1 ? CLAUDES_COMMANDS.get(word.toLowerCase()) : undefined;
  if (instead !== undefined) refuse(word, `"${word}" is no prompt but a command; ${instead}`);
  const names = COMMANDS.map(({ name }) => name);
  const meant = nearest(word, names);
  if (meant === undefined || names.some((name) => name === word)) return;
  refuse(word, `there is no command "${word}"; did you mean "${meant}"?`);
}

/** Whether all that was typed is the word `version`: that is answered. */
export function asksForVersion({ command, operands, print }: Invocation, io: Io): boolean {
  return command === 'run' && !print && operands.length === 1 && operands[0] === 'version' && io.stdin === null;
}

function refuse(word: string, reason: string): never {
  throw new SluiceError('usage', `${reason}${/[.?]$/.test(reason) ? '' : '.'} To ask it: sluice -p ${word}`);
}
