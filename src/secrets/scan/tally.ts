/**
 * What is too much: so many marks within so many characters, of so many different ones, that have not the same text behind them as
 * one shortly before. Only texts that are made to be slow have as many. Of 540 MB of code, logs and manuals, the fullest has nine
 * tenths; those of few different marks, which are source maps, have four fifths. Lists of tests and records have few different ones.
 */
const BOUNDS = [
  { least: 16, most: 90, within: 1024 },
  { least: 16, most: 132, within: 2 * 1024 },
  { least: 16, most: 342, within: 8 * 1024 },
  { least: 16, most: 588, within: 16 * 1024 },
  { least: 7, most: 110, within: 1024 },
  { least: 7, most: 165, within: 2 * 1024 },
  { least: 7, most: 630, within: 8 * 1024 },
  { least: 7, most: 1000, within: 16 * 1024 },
] as const;
const FEWEST_DIFFERENT = Math.min(...BOUNDS.map(({ least }) => least));
/** Within so many characters, more different marks are too much whatever they have behind them: those texts have a third of them, and lists of the beginnings of keys nine tenths. */
const DIFFERENT = { most: 150, within: 8 * 1024 };
/** Where there was too much, so many marks are enough for it to go on, of so many different ones. */
export const AGAIN = { most: 20, least: 6, within: 1024 };

/** Of fewer different ones, what stands behind each is not compared. */
const FEWEST_COMPARED = Math.min(FEWEST_DIFFERENT, AGAIN.least);

/** Fewer marks are not compared. */
const FEWEST = 48;
/** How many characters back the same text behind a mark makes it no new one, and how many texts are remembered. */
const MEMORY = 4 * 1024;
const SLOTS = 4096;
/** How many places of marks are remembered: a power of two, more than the largest bound. */
const PLACES = 1024;

/** A mark, and what tells it from others. */
export interface Mark {
  readonly at: number;
  /** A number for it with what follows. */
  readonly context: number;
  /** Whether it may be the end of something longer: it only counts as one that differs, and where a crowd goes on. */
  readonly isPart: boolean;
}

/** Counts the marks of a text, from left to right. */
export class Tally {
  readonly #different = new Different();
  #differing = 0;
  /** The first marks, until there are enough to be compared. */
  #early: Mark[] = [];
  #counts: Counts | undefined;

  /** Takes note of the next mark, `name` being a number for it alone. Returns whether it is worth to be compared. */
  meets(at: number, name: number): boolean {
    this.#differing = this.#different.add(at, name);
    return this.#counts === undefined || this.#differing >= FEWEST_COMPARED;
  }

  /**
   * Whether there are too many with the one that was met last.
   * @param isAgain whether there were too many shortly before
   */
  isTooMuch(mark: Mark, isAgain: boolean): boolean {
    if (this.#counts !== undefined) return this.#counts.add(mark, this.#differing, isAgain);
    this.#early.push(mark);
    if (this.#early.length < FEWEST) return false;
    this.#counts = new Counts();
    for (const early of this.#early) this.#counts.add(early, 0, false);
    this.#early = [];
    return false;
  }
}

class Counts {
  readonly #contexts = new Contexts();
  readonly #places = new LastPlaces();
  /** Those where there was too much. */
  readonly #again = new LastPlaces();

  add({ at, context, isPart }: Mark, different: number, isAgain: boolean): boolean {
    const isNew = this.#contexts.isNew(context, at);
    const counts = isNew && !isPart;
    if (counts) this.#places.add(at);
    if (isAgain) {
      if (isNew) this.#again.add(at);
      return isNew && this.#again.areMany(AGAIN);
    }
    if (different >= DIFFERENT.most) return true;
    if (!counts) return false;
    for (const bound of BOUNDS) if (different >= bound.least && this.#places.areMany(bound)) return true;
    return false;
  }
}

/** The different marks that stood shortly before. */
class Different {
  /** Where each stood last, or shortly before that, those first that stood so first. */
  readonly #places = new Map<number, number>();

  /** Adds a mark, and returns how many there are. */
  add(at: number, name: number): number {
    const places = this.#places;
    const last = places.get(name);
    if (last !== undefined && at - last < DIFFERENT.within / 8) return places.size;
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

/** Where the last marks stand. */
class LastPlaces {
  readonly #places = new Float64Array(PLACES).fill(-Infinity);
  #next = 0;

  /** Adds a mark behind all others. */
  add(at: number): void {
    this.#places[this.#next] = at;
    this.#next = (this.#next + 1) & (PLACES - 1);
  }

  /** Whether the last `most` stand within so many characters. */
  areMany({ most, within }: { readonly most: number; readonly within: number }): boolean {
    return this.#back(1) - this.#back(most) < within;
  }

  #back(count: number): number {
    return this.#places[(this.#next - count) & (PLACES - 1)] ?? 0;
  }
}
