import { DIGITS, isIn, LETTERS, LOWER_ALNUM, PASSWORD_SIGNS } from '../scan/alphabets.ts';

/** What a value is made of. */
export interface ValueShape {
  readonly letters: number;
  readonly digits: number;
  /** Characters such as `!@#$%^&*~+?`. */
  readonly signs: number;
  /** How often lower case, capitals and digits follow one another: high in random strings, low in words. */
  readonly changes: number;
}

/** The shape of `text` from `start` to `end`. */
export function shapeOf(text: string, start: number, end: number): ValueShape {
  let letters = 0;
  let digits = 0;
  let signs = 0;
  let changes = 0;
  let previous = 0;
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index);
    let sort = 0;
    if (isIn(DIGITS, code)) {
      digits += 1;
      sort = 1;
    } else if (isIn(LETTERS, code)) {
      letters += 1;
      sort = isIn(LOWER_ALNUM, code) ? 2 : 3;
    } else if (isIn(PASSWORD_SIGNS, code)) signs += 1;
    // A capital before a small letter begins a word: no change worth counting twice.
    if (sort !== 0 && previous !== 0 && sort !== previous && !(previous === 3 && sort === 2)) changes += 1;
    if (sort !== 0) previous = sort;
  }
  return { letters, digits, signs, changes };
}

/** Whether a token has letters and digits both, as what machines hand out does. */
export function mixesLettersAndDigits(token: string): boolean {
  const { letters, digits } = shapeOf(token, 0, token.length);
  return letters > 0 && digits > 0;
}
