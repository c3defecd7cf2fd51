/**
 * What is too much, in marks within so many characters that have not the same text behind them as one shortly before. Only texts
 * that are made to be slow have as many: of 1,200 MB of code, logs and manuals, the fullest has nine tenths.
 */
const BOUNDS = [
  { most: 75, within: 1024 },
  { most: 110, within: 2 * 1024 },
  { most: 285, within: 8 * 1024 },
  { most: 490, within: 16 * 1024 },
] as const;
/** How many different marks are needed where there are so many times as many: source maps have half as many again of three, and as many of seven. */
const TIERS = [
  { times: 1, least: 16 },
  { times: 1.6, least: 7 },
] as const;
const TOO_MUCH = TIERS.flatMap(({ times, least }) =>
  BOUNDS.map(({ most, within }) => ({ most: Math.round(most * times), within, least })),
);
/** Within so many characters, more different marks are too much whatever they have behind them: those texts have a third of them, and lists of the beginnings of keys nine tenths. */
const DIFFERENT = { most: 150, within: 8 * 1024 };
/** Where there was too much, so many marks are enough for it to go on, of so many different ones. */
export const AGAIN = { most: 20, least: 6, within: 1024 };

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
  readonly #places = new LastPlaces();
  /** Those where there was too much. */
  readonly #again = new LastPlaces();

  add({ at, name, context, isPart }: Mark, isAgain: boolean): boolean {
    const different = this.#different.add(at, name);
    const isNew = this.#contexts.isNew(context, at);
    const counts = isNew && !isPart;
    if (counts) this.#places.add(at);
    if (isAgain) {
      if (isNew) this.#again.add(at);
      return isNew && different >= AGAIN.least && this.#again.areMany(AGAIN);
    }
    if (different >= DIFFERENT.most) return true;
    return counts && TOO_MUCH.some((bound) => different >= bound.least && this.#places.areMany(bound));
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
