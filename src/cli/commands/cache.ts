import { formatDuration } from '../../request/kinds/durations.ts';
import { reasonOf, SluiceError } from '../../errors.ts';
import { numbered } from '../../outcome/words.ts';
import { clearAnswers, listAnswers, type ListedAnswer } from '../../runs/answers/answers.ts';
import { answersFolder } from '../../runs/disk/state-folder.ts';
import { escapeJson, oneLine } from '../../sinks/safe-text.ts';
import type { Io } from '../io.ts';
import type { Invocation } from '../program.ts';
import { stateHome } from '../service/state-home.ts';
import { actionOf } from '../settings/action-of.ts';
import { rejectForeignFlags } from '../settings/foreign-flags.ts';
import { printsJson } from '../settings/prints-json.ts';

/** Lists the answers that are kept, or clears them. Returns the exit code. @throws SluiceError `usage` */
export async function cacheCommand({ operands, flags }: Invocation, io: Io): Promise<number> {
  rejectForeignFlags(flags, 'cache');
  const isJson = printsJson({ flags }, 'cache');
  const [word, more] = operands;
  const action = actionOf('cache', word);
  if (more !== undefined)
    throw new SluiceError('usage', `${more}: that is one word too many for sluice cache ${action}`);
  const home = stateHome(io.env);
  const folder = home === false ? null : answersFolder(home);
  try {
    const print = action === 'list' ? printList : printCleared;
    await io.stdout.write(print(folder, isJson));
  } catch (error) {
    throw new SluiceError('usage', `${folder} cannot be used: ${reasonOf(error)}`, { cause: error });
  }
  await io.stdout.flush();
  return 0;
}

function printList(folder: string | null, isJson: boolean): string {
  const answers = folder === null ? [] : listAnswers(folder);
  if (isJson) return `${escapeJson({ folder, answers })}\n`;
  return answers.length === 0 ? 'no answers are kept\n' : answers.map((answer) => `${lineOf(answer)}\n`).join('');
}

function printCleared(folder: string | null, isJson: boolean): string {
  const cleared = folder === null ? 0 : clearAnswers(folder);
  return isJson ? `${escapeJson({ folder, cleared })}\n` : `${numbered(cleared, 'answer')} cleared\n`;
}

const MINUTE_MS = 60_000;

function lineOf({ at, runId, size, model, instruction }: ListedAnswer): string {
  const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(at)) / MINUTE_MS));
  const age = minutes === 0 ? 'now' : formatDuration(minutes * MINUTE_MS);
  return oneLine(`${age.padStart(6)}  ${String(size).padStart(8)}  ${runId}  ${model ?? '-'}  ${instruction}`);
}
