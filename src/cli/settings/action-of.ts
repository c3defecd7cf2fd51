import { SluiceError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';

/**
 * The action of a command that a word names.
 * @param command what errors call it
 * @throws SluiceError `usage` for a word that is none
 */
export function actionOf<Action extends string>(word: string, actions: readonly Action[], command: string): Action {
  const action = actions.find((name) => name === word);
  if (action !== undefined) return action;
  const near = nearest(word, actions);
  const hint =
    near === undefined ? `expected ${actions.slice(0, -1).join(', ')} or ${actions.at(-1)}` : `did you mean ${near}?`;
  throw new SluiceError('usage', `sluice ${command} ${word}: ${hint}; to ask claude about it, say -p`);
}
