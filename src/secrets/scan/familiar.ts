import type { Candidate } from './anchor-index.ts';
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
/** How many windows of the same candidates are known at once, and how many of all. */
const ALIKE = 8;
const MAX_KNOWN = 4096;
/** After so many places of the same candidates that were not known, hardly one of those that follow is worth a comparison. */
const HOPE = 48;
const SELDOM = 32;

/** What is remembered of places with the same candidates. */
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
  readonly #known = new Map<readonly Candidate[], Known>();
  #count = 0;

  /** What is known of a place like that, nothing of what stands left of `floor` being seen. */
  find(seen: Seen, position: number, candidates: readonly Candidate[]): Harmless | undefined {
    const known = this.#known.get(candidates);
    if (known === undefined) return undefined;
    if (known.strange > HOPE && (known.strange += 1) % SELDOM > 0) return undefined;
    const one = recall(known, seen, position);
    known.strange = one === undefined ? known.strange + 1 : 0;
    return one;
  }

  /** What is remembered of places with these candidates, and will be. */
  knownOf(candidates: readonly Candidate[]): Known {
    let known = this.#known.get(candidates);
    if (known === undefined) this.#known.set(candidates, (known = { all: [], strange: 0 }));
    return known;
  }

  /** Whether a place that was not known just now may be worth keeping. */
  hopesFor(candidates: readonly Candidate[]): boolean {
    const { strange } = this.#known.get(candidates) ?? { strange: 0 };
    return strange <= HOPE || strange % SELDOM <= 1;
  }

  /** Keeps a place if it led to nothing for what stands around it alone. */
  add(place: Place, reader: Reader): void {
    const isHidden = place.low < place.floor;
    if (place.sawLimit || place.usesMemory || (isHidden && place.floor > 0) || place.hasFound) return;
    const from = Math.max(place.low, 0);
    const isEnd = place.read > reader.text.length;
    const to = isEnd ? reader.text.length : place.read;
    if (to - from > LONGEST) return;
    if (this.#count >= MAX_KNOWN) this.#forget();
    const known = this.knownOf(place.candidates);
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

  #forget(): void {
    for (const known of this.#known.values()) {
      known.all.length = 0;
      known.strange = 0;
    }
    this.#count = 0;
  }
}

/** What is known of a place like that. */
export function recall({ all }: Known, seen: Seen, position: number): Harmless | undefined {
  for (let index = 0; index < all.length; index += 1) {
    const one = all[index];
    if (one === undefined || !isAround(one, seen, position)) continue;
    if (index > 0) {
      // What was seen last is likely to be seen next.
      all[index] = all[index - 1] ?? one;
      all[index - 1] = one;
    }
    return one;
  }
  return undefined;
}

/** Whether hardly any place of these candidates is like one before. */
export function isHopeless({ strange }: Known): boolean {
  return strange > HOPE;
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
