import { SPREAD } from './places.ts';
import { type Reader, type Search, searchIn } from './reader.ts';
import type { Place } from './place.ts';

/** A place that led to nothing, whatever text it stood in. */
export interface Harmless {
  /** All that counted, and how far before the position it begins. */
  readonly window: string;
  readonly before: number;
  /** Whether the text began there where a line does, began there otherwise, or may have begun before. */
  readonly beginning: 'line' | 'text' | undefined;
  /** Whether it ended there. */
  readonly isEnd: boolean;
  /** How far behind the position the last thing began that was tried. */
  readonly lastStart: number;
  /** Where each began that was tried, and how far it looked but for searches, as seen from the position. */
  readonly tries: readonly (readonly [start: number, reach: number])[];
  /** What must not be found, as seen from the position. */
  readonly searches: readonly Search[];
}

/** What may be seen of a text: nothing left of `floor`. Always given in this order, which makes it one shape to V8. */
export interface Seen {
  readonly text: string;
  readonly startsLine: boolean;
  readonly floor: number;
}

const LONGEST = 160;
/** How many texts are known at once that are seen through the same window, and how many of all: of tokens alone a run counts ten kinds. */
const ALIKE = 12;
const MAX_KNOWN = 4096;
/** After so many places of the same candidates that were not known, hardly one of those that follow is worth a comparison. */
const HOPE = 48;
const SELDOM = 32;

/** Of windows that came by once, 2 to this many numbers are kept. */
const ONCE_BITS = 12;

/** What is remembered of places that are seen through the same window. */
export interface Known {
  readonly all: Harmless[];
  /** How many were not known since the last that was. */
  strange: number;
}

/**
 * Remembers what stood around places that led to nothing: most lines of a log say what others said before them. It keeps
 * nothing around a secret, and what it keeps is copied and little.
 */
export class Familiar {
  readonly #known: Known[] = [];
  /** What came by once: most of it never does again, as in code. */
  readonly #once = new Int32Array(2 ** ONCE_BITS);
  #count = 0;

  /** What will be remembered of places that are seen through another window. */
  enter(): Known {
    const known = { all: [], strange: 0 };
    this.#known.push(known);
    return known;
  }

  /** Keeps a place that comes by a second time if it led to nothing for what stands around it alone. */
  add(known: Known, place: Place, reader: Reader): void {
    const isHidden = place.low < place.floor;
    if (place.sawLimit || place.usesMemory || (isHidden && place.floor > 0) || place.hasFound) return;
    const from = Math.max(place.low, 0);
    const isEnd = place.read > reader.text.length;
    const to = isEnd ? reader.text.length : place.read;
    if (to - from > LONGEST) return;
    // Where hardly any is like another, few are looked at: those are kept when they come by for the first time.
    if (!isHopeless(known) && this.#isFirst(reader.text, from, to)) return;
    if (this.#count >= MAX_KNOWN) this.#forget();
    if (known.all.length === ALIKE) known.all.pop();
    else this.#count += 1;
    known.all.unshift({
      window: copyOf(reader.text, from, to),
      before: place.position - from,
      beginning: isHidden ? (reader.startsLine ? 'line' : 'text') : undefined,
      isEnd,
      lastStart: place.lastStart - place.position,
      tries: place.tries.map(({ start, reach }) => [
        start - place.position,
        Math.min(reach, place.read) - place.position,
      ]),
      searches: place.searches.map((search) => movedBy(search, -place.position)),
    });
  }

  /** Whether a part of a text was not come across before. */
  #isFirst(text: string, from: number, to: number): boolean {
    let number = to - from;
    for (let at = from; at < to; at += 1) number = Math.imul(number ^ text.charCodeAt(at), SPREAD);
    const place = number >>> (32 - ONCE_BITS);
    if (this.#once[place] === number) return false;
    this.#once[place] = number;
    return true;
  }

  #forget(): void {
    for (const known of this.#known) {
      known.all.length = 0;
      known.strange = 0;
    }
    this.#count = 0;
  }
}

/** What is known of a place like that, nothing of what stands left of `floor` being seen. Counts those that are not known. */
export function find(known: Known, seen: Seen, position: number): Harmless | undefined {
  if (isHopeless(known) && (known.strange += 1) % SELDOM > 0) return undefined;
  const one = recall(known, seen, position);
  if (one === undefined) known.strange += 1;
  return one;
}

/** Whether a place that was not known just now may be worth keeping. */
export function isHopeful({ strange }: Known): boolean {
  return strange <= HOPE || strange % SELDOM <= 1;
}

/** Whether hardly any place of these candidates is like one before. */
export function isHopeless({ strange }: Known): boolean {
  return strange > HOPE;
}

/** Looks through all that is known of such places, counting nothing. */
export function recall(known: Known, seen: Seen, position: number): Harmless | undefined {
  const { all } = known;
  for (let index = 0; index < all.length; index += 1) {
    const one = all[index];
    if (one === undefined || !isAround(one, seen, position)) continue;
    if (index > 0) {
      // What was seen last is likely to be seen next.
      all[index] = all[index - 1] ?? one;
      all[index - 1] = one;
    }
    known.strange = 0;
    return one;
  }
  return undefined;
}

/** The same search, so many characters further on. */
export function movedBy({ words, from, limit }: Search, distance: number): Search {
  return { words, from: from + distance, limit: limit + distance };
}

/** Whether all that counted for a place is around another one. */
function isAround(one: Harmless, seen: Seen, position: number): boolean {
  const { window, before, beginning, isEnd, searches } = one;
  const { text, floor, startsLine } = seen;
  const from = position - before;
  if (from < floor) return false;
  if (beginning !== undefined && (from > 0 || startsLine !== (beginning === 'line'))) return false;
  if (isEnd && from + window.length !== text.length) return false;
  // Of windows that are much alike most differ in their last character too.
  const last = window.length - 1;
  if (text.charCodeAt(from + last) !== window.charCodeAt(last)) return false;
  if (text.slice(from, from + last + 1) !== window) return false;
  for (const search of searches) if (searchIn(text, movedBy(search, position)).at >= 0) return false;
  return true;
}

/** A part of a text that does not keep all of it in memory. */
function copyOf(text: string, from: number, to: number): string {
  // What is put together is written down anew once a part of it is taken, which is cheaper than to go by a buffer.
  return ` ${text.slice(from, to)}`.slice(1);
}
