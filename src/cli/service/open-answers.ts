import { reasonOf, SluiceError } from '../../errors.ts';
import type { AnswerCache } from '../../run/cache/answer-cache.ts';
import { openAnswers } from '../../runs/answers/answers.ts';
import { openAnswersFolder } from '../../runs/disk/state-folder.ts';
import { KEPT_ON_DISK } from '../../runs/run-index.ts';
import { VERSION } from '../../version.ts';
import { stateHome } from './state-home.ts';

/**
 * Opens the answers that are kept in the user's state folder.
 * @param where what errors call the option that asks for it
 * @param tell told what could not be read, kept or locked
 * @throws SluiceError `usage` where nothing can be kept
 */
export function openUsersAnswers(
  maxAgeMs: number,
  env: Readonly<Record<string, string | undefined>>,
  where: string,
  tell: (text: string) => void,
): AnswerCache {
  const home = stateHome(env);
  if (home === false) throw new SluiceError('usage', `${where}: there is no home to keep answers in`);
  return openAnswersIn(home, maxAgeMs, where, (fault) => tell(`warning: ${where}: ${fault}`));
}

/**
 * Opens the answers that are kept in a state folder.
 * @param where what errors call the option that asks for it
 * @param onFault told what could not be read, kept or locked, in a sentence
 * @throws SluiceError `usage` where nothing can be kept
 */
export function openAnswersIn(
  state: string,
  maxAgeMs: number,
  where: string,
  onFault: (fault: string) => void,
): AnswerCache {
  try {
    return openAnswers({ folder: openAnswersFolder(state), version: VERSION, maxAgeMs, limits: KEPT_ON_DISK, onFault });
  } catch (error) {
    throw new SluiceError('usage', `${where}: ${state} cannot keep answers: ${reasonOf(error)}`, { cause: error });
  }
}
