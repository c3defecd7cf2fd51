import { type Kind, kindOf } from './kind.ts';

/** About so many characters of a log make one token; measured, and little over half of what prose has. */
const CHARACTERS_PER_TOKEN = 2.2;

/** Less has no room for what is said of what was left out. */
const LEAST = 2000;

/** How much text there may be, in characters: `200k`, `1.5M`, or in tokens: `90ktok`. Powers of 1000. */
export const budget: Kind<number> = kindOf({
  parse(value) {
    const match = /^(\d+(?:\.\d+)?)\s*([km]?)(tok(?:ens?)?)?$/i.exec(String(value).trim());
    const [, number, unit = '', tokens] = match ?? [];
    const characters = Number(number) * 1000 ** ['', 'k', 'm'].indexOf(unit.toLowerCase());
    const parsed = Math.floor(tokens === undefined ? characters : characters * CHARACTERS_PER_TOKEN);
    if (!Number.isSafeInteger(parsed) || parsed < LEAST)
      throw new Error(`a number of characters such as 200k, or of tokens such as 90ktok, ${LEAST} characters or more`);
    return parsed;
  },
  expected: `a whole number, ${LEAST} or more`,
  schema: { type: 'integer', minimum: LEAST },
});

/** About how many tokens so many characters of a log are. */
export function tokensOf(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}
