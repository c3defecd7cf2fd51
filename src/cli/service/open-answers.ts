import { messageOf, SluiceError } from '../../errors.ts';
import type { AnswerCache } from '../../run/answer-cache.ts';
import { openAnswers } from '../../runs/cache/answers.ts';
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
export async function openUsersAnswers(
  maxAgeMs: number,
  env: Readonly<Record<string, string | undefined>>,
  where: string,
  tell: (text: string) => void,
): Promise<AnswerCache> {
  const home = stateHome(env);
  if (home === false) throw new SluiceError('usage', `${where}: there is no home to keep answers in`);
  try {
    return openAnswers({
      folder: openAnswersFolder(home),
      version: VERSION,
      maxAgeMs,
      limits: KEPT_ON_DISK,
      onFault: (fault) => tell(`warning: ${where}: ${fault}`),
    });
  } catch (error) {
    throw new SluiceError('usage', `${where}: ${home} cannot keep answers: ${messageOf(error)}`, { cause: error });
  }
}
