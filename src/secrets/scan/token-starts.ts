import { lastWhitespace } from './text-boundaries.ts';

/** Where the token around a position begins; asked for positions of ascending tokens, it reads the text once. */
export class TokenStarts {
  readonly #text: string;
  readonly #boundaries: readonly number[];
  #seen = 0;
  #start = 0;

  /** @param boundaries where tokens end that have no whitespace behind them */
  constructor(text: string, boundaries: readonly number[]) {
    this.#text = text;
    this.#boundaries = boundaries;
  }

  startOf(position: number): number {
    if (position >= this.#start && position <= this.#seen) return this.#start;
    if (position < this.#start) {
      this.#seen = 0;
      this.#start = 0;
    }
    this.#start = Math.max(this.#start, tokenStart(this.#text, this.#boundaries, position, this.#seen));
    this.#seen = position;
    return this.#start;
  }
}

/** Where the token around a position begins; 0 where it does so before `seen`. */
export function tokenStart(text: string, boundaries: readonly number[], position: number, seen = 0): number {
  return Math.max(lastWhitespace(text, seen, position) + 1, lastUpTo(boundaries, position));
}

/** The last of ascending numbers that is no more than `most`, or 0. */
function lastUpTo(numbers: readonly number[], most: number): number {
  let index = numbers.length - 1;
  while (index >= 0 && (numbers[index] ?? 0) > most) index -= 1;
  // Asked for before the first one, an array is searched by name.
  return index < 0 ? 0 : (numbers[index] ?? 0);
}
