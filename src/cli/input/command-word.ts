import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { nearest } from '../../nearest.ts';
import { SluiceError } from '../../errors.ts';
import { CLAUDES_COMMANDS, CLAUDES_GROUPS } from './claudes-commands.ts';
import type { Io } from '../io.ts';
import { COMMANDS } from '../commands/commands.ts';
import { firstWordsOf } from '../commands/first-words.ts';
import { takesFile } from '../commands/takes-file.ts';
import type { Invocation } from '../program.ts';

const NAMES: readonly string[] = COMMANDS.map(({ name }) => name);

/** What help explains besides commands; its topics themselves need not be loaded for a run. */
const EXPLAINED =
  'recipes flags auth output ci messages outcomes bundle cron redaction security process gateway library testing';

/**
 * A prompt that is a command of claude's, such as `sluice update`, or looks like one of ours, such as
 * `sluice repaly run.ndjson`, would be sent to the model and cost money: where nothing comes with it, it is refused
 * instead, with what to do and the way to send it all the same.
 * @throws SluiceError `usage`
 */
export function rejectCommandWord({ operands, print, flags }: Invocation, { cwd }: Pick<Io, 'cwd'>): void {
  const [word, second] = operands;
  const isClearlyPrompt = print || ['file', 'promptFile', 'template'].some((name) => flags[name] !== undefined);
  if (word === undefined || isClearlyPrompt) return;
  const instead = second === undefined ? CLAUDES_COMMANDS.get(word.toLowerCase()) : undefined;
  if (instead !== undefined) refuse(word, `"${word}" is no prompt but a command; ${instead}`);
  if (second !== undefined && CLAUDES_GROUPS.get(word)?.includes(second) === true)
    refuse(operands.join(' '), `"${word} ${second}" is no prompt but a command; run "claude ${operands.join(' ')}"`);
  const meant = nearest(word, NAMES);
  if (meant === undefined || NAMES.includes(word)) return;
  // A letter away from commands are match, heap, react: with words behind it that are nothing to the command, it is a prompt.
  if (!takes(meant, operands.slice(1), cwd)) return;
  refuse(operands.join(' '), `there is no command "${word}"; did you mean "${meant}"?`);
}

function takes(command: string, words: readonly string[], cwd: string): boolean {
  const [word, ...more] = words;
  if (word === undefined || words.every((name, place) => takesFile(command, place) && isFile(resolve(cwd, name))))
    return true;
  if (more.length > 0) return false;
  if (command === 'help') return NAMES.includes(word) || EXPLAINED.split(' ').includes(word);
  return firstWordsOf(command).includes(word) || /[./]\w/.test(word);
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // A prompt may be no name of a file at all.
    return false;
  }
}

/** Whether all that was typed is the word `version`: that is answered. */
export function asksForVersion({ command, operands, print }: Invocation, io: Io): boolean {
  return command === 'run' && !print && operands.length === 1 && operands[0] === 'version' && io.stdin === null;
}

function refuse(words: string, reason: string): never {
  throw new SluiceError('usage', `${reason}${/[.?]$/.test(reason) ? '' : '.'} To ask it: sluice -p ${words}`);
}
