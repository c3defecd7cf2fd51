import { nearest } from '../../nearest.ts';
import { SluiceError } from '../../errors.ts';
import { CLAUDES_COMMANDS, CLAUDES_GROUPS } from './claudes-commands.ts';
import type { Io } from '../io.ts';
import { COMMANDS } from '../commands/commands.ts';
import type { Invocation } from '../program.ts';

/**
 * A prompt that is a command of claude's, such as `sluice update`, or looks like one of ours, such as
 * `sluice repaly run.ndjson`, would be sent to the model and cost money: where nothing comes with it, it is refused
 * instead, with what to do and the way to send it all the same.
 * @throws SluiceError `usage`
 */
export function rejectCommandWord({ operands, print, flags }: Invocation): void {
  const [word, second] = operands;
  const isClearlyPrompt = print || ['file', 'promptFile', 'template'].some((name) => flags[name] !== undefined);
  if (word === undefined || isClearlyPrompt) return;
  const instead = second === undefined ? CLAUDES_COMMANDS.get(word.toLowerCase()) : undefined;
  if (instead !== undefined) refuse(word, `"${word}" is no prompt but a command; ${instead}`);
  if (second !== undefined && CLAUDES_GROUPS.get(word)?.includes(second) === true)
    refuse(operands.join(' '), `"${word} ${second}" is no prompt but a command; run "claude ${operands.join(' ')}"`);
  if (operands.length > 2) return;
  // A letter away from help are heap, held and other words that prompts begin with; none of them is one by itself.
  const names = COMMANDS.map(({ name }) => name).filter((name) => name !== 'help' || second === undefined);
  const meant = nearest(word, names);
  if (meant === undefined || names.some((name) => name === word)) return;
  refuse(word, `there is no command "${word}"; did you mean "${meant}"?`);
}

/** Whether all that was typed is the word `version`: that is answered. */
export function asksForVersion({ command, operands, print }: Invocation, io: Io): boolean {
  return command === 'run' && !print && operands.length === 1 && operands[0] === 'version' && io.stdin === null;
}

function refuse(words: string, reason: string): never {
  throw new SluiceError('usage', `${reason}${/[.?]$/.test(reason) ? '' : '.'} To ask it: sluice -p ${words}`);
}
