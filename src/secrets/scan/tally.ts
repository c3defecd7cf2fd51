/**
 * What is too much, in marks within so many characters that have not the same text behind them as one shortly before. Only texts
 * that are made to be slow have as many: of 700 MB of code, logs and manuals, the fullest has four fifths.
 */
const BOUNDS = [
  { most: 75, within: 1024 },
  { most: 110, within: 2 * 1024 },
  { most: 285, within: 8 * 1024 },
  { most: 490, within: 16 * 1024 },
] as const;
/**
 * Within so many characters, fewer different marks are not too much, however often they stand there: so it is in lists, as of tests
 * that pass or of records that have a `token` each. More are, whatever they have behind them: those texts have a third of them,
 * and lists of the beginnings of keys nine tenths.
 */
const DIFFERENT = { least: 16, most: 150, within: 8 * 1024 };
/** Where there was too much, so many marks are enough for it to go on, of so many different ones. */
export const AGAIN = { most: 20, least: 8, within: 1024 };

/** Fewer marks are not compared. */
const FEWEST = 48;
/** How many characters back the same text behind a mark makes it no new one, and how many texts are remembered. */
const MEMORY = 4 * 1024;
const SLOTS = 4096;

/** A mark, and what tells it from others. */
export interface Mark {
  readonly at: number;
  /** A number for it alone, and for it with what follows. */
  readonly name: number;
  readonly context: number;
  /** Whether it may be the end of something longer: it only counts as one that differs, and where a crowd goes on. */
  readonly isPart: boolean;
}

/** Counts the marks of a text, from left to right. */
export class Tally {
  /** The first marks, until there are enough to be compared. */
  #early: Mark[] = [];
  #counts: Counts | undefined;

  /**
   * Whether there are too many with this one.
   * @param isAgain whether there were too many shortly before
   */
  add(mark: Mark, isAgain: boolean): boolean {
    if (this.#counts !== undefined) return this.#counts.add(mark, isAgain);
    this.#early.push(mark);
    if (this.#early.length < FEWEST) return false;
    this.#counts = new Counts();
    for (const early of this.#early) this.#counts.add(early, false);
    this.#early = [];
    return false;
  }
}

class Counts {
  readonly #different = new Different();
  readonly #contexts = new Contexts();
  readonly #loads = BOUNDS.map((bound) => new Load(bound));
  readonly #again = new Load(AGAIN);

  add({ at, name, context, isPart }: Mark, isAgain: boolean): boolean {
    const different = this.#different.add(at, name);
    const isNew = this.#contexts.isNew(context, at);
    let isMuch = false;
    if (isNew && !isPart) for (const load of this.#loads) if (load.add(at)) isMuch = true;
    if (isAgain) return isNew && this.#again.add(at) && different >= AGAIN.least;
    return different >= (isMuch ? DIFFERENT.least : DIFFERENT.most);
  }
}

/** The different marks that stood shortly before. */
class Different {
  /** Where each stood last, those first that stood so first. */
  readonly #places = new Map<number, number>();

  /** Adds a mark, and returns how many there are. */
  add(at: number, name: number): number {
    const places = this.#places;
    places.delete(name);
    places.set(name, at);
    for (const [old, place] of places) {
      if (at - place < DIFFERENT.within) break;
      places.delete(old);
    }
    return places.size;
  }
}

/** Where each of many contexts was met last. */
class Contexts {
  readonly #contexts = new Int32Array(SLOTS);
  readonly #places = new Float64Array(SLOTS).fill(-Infinity);

  /** Whether it was not met shortly before. */
  isNew(context: number, at: number): boolean {
    const slot = context & (SLOTS - 1);
    const isNew = this.#contexts[slot] !== context || at - (this.#places[slot] ?? 0) > MEMORY;
    this.#contexts[slot] = context;
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
