import { SluiceError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import { type ActionOf, FIRST_WORDS } from '../commands/first-words.ts';

/**
 * The action of a command that a word names; without one, what is done where nothing is said.
 * @throws SluiceError `usage` for a word that is none
 */
export function actionOf<Command extends 'templates' | 'cache' | 'history'>(
  command: Command,
  word: string = 'list',
): ActionOf<Command> {
  const actions: readonly ActionOf<Command>[] = FIRST_WORDS[command];
  const action = actions.find((name) => name === word);
  if (action !== undefined) return action;
  const near = nearest(word, actions);
  const hint =
    near === undefined ? `expected ${actions.slice(0, -1).join(', ')} or ${actions.at(-1)}` : `did you mean ${near}?`;
  throw new SluiceError('usage', `sluice ${command} ${word}: ${hint}; to ask claude about it, say -p`);
}
