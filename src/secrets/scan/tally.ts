/**
 * What is too much, in marks within so many characters: of those that have not the same text behind them as one shortly before,
 * and of different ones, whatever they have behind them. Only texts that are made to be slow have as many: of 700 MB of code,
 * logs and manuals, the fullest has four fifths of the former and a third of the latter; lists of the beginnings of keys have
 * nine tenths.
 */
const BOUNDS = [
  { most: 75, within: 1024 },
  { most: 110, within: 2 * 1024 },
  { most: 285, within: 8 * 1024 },
  { most: 490, within: 16 * 1024 },
] as const;
const DIFFERENT = { most: 150, within: 8 * 1024 };
/** The same for both kinds where there was too much: a third of it is enough for it to go on. */
export const AGAIN = { most: 20, within: 1024 };

/** Fewer marks are not compared. */
const FEWEST = 48;
/** How many characters back the same text behind a mark makes it no new one, and how many of either are remembered. */
const MEMORY = 4 * 1024;
const SLOTS = 4096;

/** Counts the marks of a text, from left to right. */
export class Tally {
  /** Marks, each followed by what tells it from others and what follows it, until there are enough to be compared. */
  #early: number[] | undefined = [];
  #counts: Counts | undefined;

  /**
   * Whether there are too many with this one.
   * @param mark a number that tells it from others
   * @param context a number for what follows; 0 where it may be in the middle of a word, and only counts as one that differs
   * @param isAgain whether there were too many shortly before
   */
  add(at: number, mark: number, context: number, isAgain: boolean): boolean {
    if (this.#counts !== undefined) return this.#counts.add(at, mark, context, isAgain);
    const early = this.#early ?? [];
    early.push(at, mark, context);
    if (early.length < 3 * FEWEST) return false;
    const counts = new Counts();
    for (let index = 0; index < early.length; index += 3)
      counts.add(early[index] ?? 0, early[index + 1] ?? 0, early[index + 2] ?? 0, false);
    this.#early = undefined;
    this.#counts = counts;
    return false;
  }
}

class Counts {
  readonly #marks = new Known(DIFFERENT.within);
  readonly #contexts = new Known(MEMORY);
  readonly #different = new Load(DIFFERENT);
  readonly #loads = BOUNDS.map((bound) => new Load(bound));
  readonly #again = new Load(AGAIN);

  add(at: number, mark: number, context: number, isAgain: boolean): boolean {
    const isDifferent = this.#marks.isNew(mark, at);
    const isNew = context !== 0 && this.#contexts.isNew(context, at);
    let isMuch = isDifferent && this.#different.add(at);
    if (isNew) for (const load of this.#loads) if (load.add(at)) isMuch = true;
    return isAgain ? (isDifferent || isNew) && this.#again.add(at) : isMuch;
  }
}

/** Where each of many numbers was met last. */
class Known {
  readonly #numbers = new Int32Array(SLOTS);
  readonly #places = new Float64Array(SLOTS).fill(-Infinity);
  readonly #memory: number;

  /** @param memory how many characters back a number is known */
  constructor(memory: number) {
    this.#memory = memory;
  }

  /** Whether it was not met shortly before. */
  isNew(number: number, at: number): boolean {
    const slot = number & (SLOTS - 1);
    const isNew = this.#numbers[slot] !== number || at - (this.#places[slot] ?? 0) > this.#memory;
    this.#numbers[slot] = number;
    this.#places[slot] = at;
    return isNew;
  }
}

/** Finds where marks, added from left to right, are too many together. */
class Load {
  readonly #within: number;
  /** Where the last ones stand, in turn. */
  readonly #places: Float64Array;
  #next = 0;

  constructor({ most, within }: { readonly most: number; readonly within: number }) {
    this.#within = within;
    this.#places = new Float64Array(most).fill(-Infinity);
  }

  /** Adds a mark, and returns whether there are too many now. */
  add(at: number): boolean {
    const places = this.#places;
    places[this.#next] = at;
    this.#next = this.#next + 1 === places.length ? 0 : this.#next + 1;
    // The first of the last ones.
    return at - (places[this.#next] ?? 0) < this.#within;
  }
}
