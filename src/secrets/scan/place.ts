import type { Candidate } from './anchor-index.ts';
import type { Reader, Search } from './reader.ts';
import type { Anchor, Span } from './span.ts';

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
  readonly candidates: readonly Candidate[];
  /** What stands left of it was hidden from whoever looked. */
  readonly floor: number;
  /** The leftmost character that was asked for, hidden ones too, and one past the furthest, but for searches. */
  low = Infinity;
  read = 0;
  /** What was not found, and one past the furthest character that was looked at for that. */
  readonly searches: Search[] = [];
  #searched = 0;
  /** Whether something was not tried because a secret was known to begin before it, and where the last thing began that was. */
  sawLimit = false;
  lastStart = 0;
  /** Whether it depended on more than the text. */
  usesMemory = false;
  readonly tries: Try[] = [];
  hasFound = false;

  constructor(position: number, candidates: readonly Candidate[], floor: number) {
    this.position = position;
    this.candidates = candidates;
    this.floor = floor;
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

  /** Whether as much of the text would be hidden `shift` characters further on. */
  seesAsMuch(shift: number, floor: number): boolean {
    if (this.low >= this.floor) return this.low + shift >= floor;
    // Where the text begins a line may do so, which it does not at another floor.
    return this.floor > 0 && this.floor + shift === floor;
  }

  /** Whether all that counted stands around `position` too, whatever is known to follow. */
  hasSameTextAt(reader: Reader, position: number): boolean {
    const { text, floor } = reader;
    const shift = position - this.position;
    const from = Math.max(this.low, this.floor);
    if (this.reach + shift > text.length || !this.seesAsMuch(shift, floor)) return false;
    reader.steps += this.reach - from;
    return text.slice(from, this.reach) === text.slice(from + shift, this.reach + shift);
  }
}
