import { type Block, inTurn, type Script, text, toolUse, turn } from '../../src/demo/script.ts';
import type { Ending } from './endings.ts';
import { INNER_PROMPT, type Kind } from './kinds.ts';
import type { Place } from './place.ts';

/** What claude says before the tool runs. */
export const FIRST_WORDS = 'First a tool.';

/** What it says last, or goes on to say when it is not done. */
export const WORDS: Readonly<Record<Ending['meanwhile'], string>> = {
  done: 'That was all.',
  busy: FIRST_WORDS,
  talking: 'word ',
};

/** What the model says in a run that has this child when it ends in this way; a claude that a tool starts holds a child. */
export function scriptOf({ meanwhile }: Ending, kind: Kind, place: Place): Script {
  const inner = inTurn([text('Inner.'), bash(`echo started; sleep ${place.token}; echo finished`)]);
  const outer = meanwhile === 'busy' ? holding(kind, place) : leaving(kind, place, meanwhile);
  return (conversation) => (conversation.prompt.startsWith(INNER_PROMPT) ? inner : outer)(conversation);
}

function holding({ leave, hold, inBackground = false }: Kind, place: Place): Script {
  if (hold !== undefined) return inTurn([text(FIRST_WORDS), bash(hold(place))]);
  return inTurn([text(FIRST_WORDS), bash(leave(place), inBackground)], [bash(`echo waiting; sleep 1${place.token}`)]);
}

function leaving({ leave, startUp, inBackground = false }: Kind, place: Place, meanwhile: 'done' | 'talking'): Script {
  // The child is to be seen before it is over.
  const done = turn([text(WORDS.done)], { delayMs: startUp });
  const talking = turn([text(WORDS.talking.repeat(2_000), { chunk: 5, delayMs: 20 })]);
  return inTurn([text(FIRST_WORDS), bash(leave(place), inBackground)], meanwhile === 'done' ? done : talking);
}

function bash(command: string, inBackground = false): Block {
  const background = inBackground ? { run_in_background: true } : {};
  return toolUse('Bash', { command, description: 'Run it', ...background });
}
