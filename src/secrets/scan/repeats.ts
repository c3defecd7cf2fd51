import type { Candidate } from './anchor-index.ts';
import type { Reader, Search } from './reader.ts';
import type { Anchor, Span } from './span.ts';
import { MARGIN } from './places.ts';

/** Something that was tried: where it began, how far it looked, and what it found. */
export interface Try {
  readonly anchor: Anchor;
  readonly start: number;
  readonly reach: number;
  /** What stood left of it was hidden. */
  readonly floor: number;
  readonly spans: readonly Span[];
}

/** The same, so many characters further on, behind what is hidden there. */
export function shifted({ anchor, start, reach, spans }: Try, shift: number, floor: number): Try {
  const moved = spans.map((span) => ({ ...span, start: span.start + shift, end: span.end + shift }));
  return { anchor, start: start + shift, reach: reach + shift, floor, spans: moved };
}

/** What was made of a place to stop at, and what of the text that depended on. */
export class Place {
  readonly position: number;
  /** Where the same was last found to hold. */
  last: number;
  readonly candidates: readonly Candidate[];
  /** What stands left of it was hidden from whoever looked. */
  readonly floor: number;
  /** Where the next secret was known to begin. */
  readonly limit: number;
  /** The leftmost character that was asked for, hidden ones too, and one past the furthest, but for searches. */
  low = Infinity;
  read = 0;
  /** What was not found, and one past the furthest character that was looked at for that. */
  readonly searches: Search[] = [];
  #searched = 0;
  /** Whether something was not tried because of the limit, and where the last thing began that was. */
  sawLimit = false;
  lastStart = 0;
  /** Whether it depended on more than the text. */
  usesMemory = false;
  readonly tries: Try[] = [];
  hasFound = false;

  constructor(position: number, candidates: readonly Candidate[], floor: number, limit: number) {
    this.position = position;
    this.last = position;
    this.candidates = candidates;
    this.floor = floor;
    this.limit = limit;
  }

  /** One past the furthest character that was looked at. */
  get reach(): number {
    return Math.max(this.read, this.#searched);
  }

  /** Says that it counts what stands from `start` to `end`. */
  cover(start: number, end: number): void {
    if (start < this.low) this.low = start;
    if (end > this.read) this.read = end;
  }

  /** Says that a candidate does not stand in a text, for which one character may be enough. */
  ruleOut({ finder, offset }: Candidate, text: string): void {
    const start = this.position + offset;
    const miss = finder.missAt(text, start, this.position);
    if (miss === -1) this.cover(start, start + finder.length);
    else this.cover(Math.min(miss, this.position), Math.max(miss, this.position) + 1);
  }

  /** Says what was tried, and what the reader was asked for then. */
  add(one: Try, { low, reach, searches, searched, usesMemory }: Reader): void {
    this.cover(low, reach);
    this.#searched = Math.max(this.#searched, searched);
    if (searches.length > 0) this.searches.push(...searches);
    this.usesMemory ||= usesMemory;
    this.hasFound ||= one.spans.length > 0;
    if (one.start > this.lastStart) this.lastStart = one.start;
    this.tries.push(one);
  }

  /** Whether as much of the text would be hidden, and as much of it tried, `shift` characters further on. */
  seesAsMuch(shift: number, floor: number, limit: number): boolean {
    if (this.sawLimit ? this.limit + shift !== limit : this.lastStart + shift >= limit) return false;
    if (this.low >= this.floor) return this.low + shift >= floor;
    // Where the text begins a line may do so, which it does not at another floor.
    return this.floor > 0 && this.floor + shift === floor;
  }

  /** Whether all that counted stands around `position` too, whatever is known to follow. */
  hasSameTextAt(reader: Reader, position: number): boolean {
    const { text, floor } = reader;
    const shift = position - this.position;
    const from = Math.max(this.low, this.floor);
    if (this.reach + shift > text.length || !this.seesAsMuch(shift, floor, Infinity)) return false;
    reader.steps += this.reach - from;
    return text.slice(from, this.reach) === text.slice(from + shift, this.reach + shift);
  }
}

/** How many places are remembered, every second character being one at most. */
const PLACES = 4096;
/** How many with the same candidates are compared with a new one. */
const ALIKE = 8;
/** So many places more that are like none before than four times those that are, and the text does not repeat itself. */
const PATIENCE = 128;
const REWARD = 1;
/** Behind so much text that led to nothing, period for period, it is worth to see how long that goes on. */
const MIN_QUIET = 2 * MARGIN;
const MIN_PERIODS = 8;
/** Text is compared in such pieces first, which is fast before anything is compiled. */
const CHUNK = 512;

/**
 * Finds places again where a text repeats itself: what was made of one then holds for the other. However long it does so,
 * each character is compared about once.
 */
export class Repeats {
  readonly #reader: Reader;
  readonly #text: string;
  readonly #places: (Place | undefined)[] = [];
  readonly #positions = new Int32Array(PLACES).fill(-1);
  readonly #alike = new Map<readonly Candidate[], Place[]>();
  /** Every character from `#from` to `#to` is that which stands so far before it. */
  #period = 0;
  #from = 0;
  #to = 0;
  #patience = PATIENCE;
  /** Since where every place was as a period before and led to nothing, and how far behind a place any of them looked. */
  #quietSince = Infinity;
  #quietReach = 0;

  constructor(reader: Reader) {
    this.#reader = reader;
    this.#text = reader.text;
  }

  /** Whether it is worth to go on. */
  get isLikely(): boolean {
    return this.#patience > 0;
  }

  /** A place before `position` around which all was the same. */
  find(position: number, candidates: readonly Candidate[], floor: number, limit: number): Place | undefined {
    const last = this.#placeAt(position - this.#period);
    if (last?.candidates === candidates && last.seesAsMuch(position - last.position, floor, limit)) {
      if (this.#goesOnAsBefore(last, position)) {
        this.#noteQuiet(position, last, limit);
        return this.#found(position, last);
      }
    }
    this.#quietSince = Infinity;
    this.#patience -= 1;
    const alike = this.#alike.get(candidates);
    if (alike === undefined) return undefined;
    for (let index = alike.length - 1; index >= 0; index -= 1) {
      const place = alike[index];
      if (place?.seesAsMuch(position - place.position, floor, limit) !== true || !this.#hasSameText(place, position))
        continue;
      return this.#found(position, place);
    }
    return undefined;
  }

  /**
   * How far behind `position` the next place is that has to be looked at: so many characters the text goes on as before,
   * and leads to nothing. Nothing from `end` on counts.
   */
  quietDistance(position: number, end: number): number {
    const period = this.#period;
    if (position - this.#quietSince < period + MIN_QUIET || position - MARGIN < this.#from) return 0;
    this.#to = this.#sameUntil(this.#to, this.#text.length, period);
    const periods = Math.floor((Math.min(this.#to, end) - this.#quietReach - position) / period);
    this.#quietSince = Infinity;
    if (periods < MIN_PERIODS) return 0;
    const distance = periods * period;
    for (let before = position; before > position - period; before -= 2) {
      const place = this.#placeAt(before);
      if (place !== undefined) this.#remember(before + distance, place);
    }
    return distance;
  }

  /** The places of that last quiet stretch that reach as far as its end, `position`, and how far on each stands again. */
  *placesBefore(position: number): Generator<readonly [place: Place, shift: number]> {
    const length = this.#quietReach + MARGIN + 2 * this.#period;
    for (let at = (position - length) & ~1; at <= position; at += 2) {
      const periods = Math.floor((position - at) / this.#period);
      const place = this.#placeAt(at + periods * this.#period);
      if (place !== undefined) yield [place, at - place.position];
    }
  }

  add(place: Place): void {
    // What the end of the text cut short is like no other place.
    if (place.usesMemory || place.reach > this.#text.length) return;
    this.#remember(place.position, place);
    const alike = this.#alike.get(place.candidates);
    if (alike === undefined) this.#alike.set(place.candidates, [place]);
    else {
      if (alike.length === ALIKE) alike.shift();
      alike.push(place);
    }
  }

  #placeAt(position: number): Place | undefined {
    const slot = slotOf(position);
    return this.#positions[slot] === position ? this.#places[slot] : undefined;
  }

  #noteQuiet(position: number, place: Place, limit: number): void {
    if (limit !== Infinity || place.hasFound || place.low < place.floor) this.#quietSince = Infinity;
    else {
      if (this.#quietSince === Infinity) {
        this.#quietSince = position;
        this.#quietReach = 2 * MARGIN;
      }
      this.#quietReach = Math.max(this.#quietReach, place.reach - place.position);
    }
  }

  #found(position: number, place: Place): Place {
    place.last = position;
    this.#patience = Math.min(PATIENCE, this.#patience + REWARD);
    this.#remember(position, place);
    return place;
  }

  /** Says that what was made of a place holds at `position`. */
  #remember(position: number, place: Place): void {
    const slot = slotOf(position);
    this.#positions[slot] = position;
    this.#places[slot] = place;
  }

  /** Whether all that counted for a place stands around `position` as it did a period before. */
  #goesOnAsBefore(place: Place, position: number): boolean {
    const shift = position - place.position;
    const from = Math.max(place.low, place.floor) + shift;
    const to = place.reach + shift;
    if (to > this.#text.length) return false;
    if (from < this.#from || from > this.#to) {
      this.#from = from;
      this.#to = from;
    }
    if (this.#to < to) this.#to = this.#sameUntil(this.#to, to, this.#period);
    return this.#to >= to;
  }

  /** Whether all that counted for a place stands around `position` too. */
  #hasSameText(place: Place, position: number): boolean {
    const from = Math.max(place.low, place.floor) + position - place.position;
    const to = place.reach + position - place.position;
    const period = position - place.last;
    if (to > this.#text.length || !this.#isSame(to - 1, period)) return false;
    if (this.#sameUntil(from, to, period) < to) return false;
    this.#period = period;
    this.#from = from;
    this.#to = to;
    return true;
  }

  /** Where, before `to`, the text from `start` on is another one than `shift` characters before. */
  #sameUntil(start: number, to: number, shift: number): number {
    const text = this.#text;
    let index = start;
    while (index + CHUNK <= to && text.slice(index, index + CHUNK) === text.slice(index - shift, index - shift + CHUNK))
      index += CHUNK;
    while (index < to && this.#isSame(index, shift)) index += 1;
    this.#reader.steps += index - start + 1;
    return index;
  }

  #isSame(index: number, shift: number): boolean {
    return this.#text.charCodeAt(index) === this.#text.charCodeAt(index - shift);
  }
}

function slotOf(position: number): number {
  return (position >> 1) & (PLACES - 1);
}
