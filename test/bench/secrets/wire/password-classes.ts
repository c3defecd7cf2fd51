import { ALNUM, DIGITS, LOWER, UPPER, type Random } from '../random.ts';

/** Signs that hardly any notation minds. */
const MILD = '!#*+-.@_';
const FULL = '!#%&()*+,-./:;<=>?@[]^_{|}~$';
const WORDS = ['cobalt', 'ember', 'falcon', 'harbor', 'juniper', 'kestrel', 'lagoon', 'maple', 'quartz', 'tundra'];

/** The sorts of passwords that people and machines make. */
export const PASSWORD_CLASSES: Readonly<Record<string, (random: Random) => string>> = {
  alphanumeric: (random) => mixed(random, ALNUM),
  'mild signs': (random) => mixed(random, ALNUM + MILD, MILD),
  'all signs': (random) => mixed(random, ALNUM + FULL, FULL),
  'a word and digits': (random) => `${random.pick(WORDS)}${random.draw(4, DIGITS)}${random.draw(3, UPPER)}`,
  'eight digits': (random) => random.draw(8, DIGITS),
};

/** Sixteen characters: a letter of either case, a digit and one of `signs` at least, in any order. */
function mixed(random: Random, alphabet: string, signs = ALNUM): string {
  const parts = [...random.draw(12, alphabet), ...[LOWER, UPPER, DIGITS, signs].map((some) => random.draw(1, some))];
  return random.shuffle(parts).join('');
}
