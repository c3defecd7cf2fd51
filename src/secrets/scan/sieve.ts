import type { AnchorIndex, Candidate } from './anchor-index.ts';
import type { Crowd } from './crowd.ts';
import { FURTHEST_PROBE, type WindowGates } from './window-gates.ts';
import { windowAt } from './window.ts';

/** How many characters are gone through at a time: where a crowd begins, what it goes on in for long need not be looked at. */
const BLOCK = 2 * 1024;
/** And where a crowd goes on. */
const STEP = 512;
/** How far behind a place that is looked at all is known of crowds: as far as a parser may look. */
const AHEAD = 16 * 1024;
const NOTHING: readonly Candidate[] = [];
const NO_STRETCH = { start: 0, end: 0 };
/** What stands before a block and behind it as far as gates look. */
const MARGIN = FURTHEST_PROBE;
/** Shorter texts are copied by hand: to ask for it takes longer. */
const SHORT = 32;

/** So many places are held before those that are done with are forgotten, but for the last ones. */
const MANY = 8 * 1024;
const LAST = 1024;
/** Fewer places hold no crowd, even where several marks are seen from each. */
const FEW = 24;

/**
 * Finds every second position of a text from where an anchor may be seen. It works on bytes, the low halves of
 * characters, since windows need no more of them. All positions of a block whose windows are known are noted before
 * any is looked at: a loop over the text that has no branch to be foretold takes half the time.
 */
export class Sieve {
  readonly #bytes = Buffer.alloc(MARGIN + BLOCK + MARGIN);
  readonly #view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
  readonly #noted = new Int32Array(BLOCK / 2 + 2);
  /** The positions, and what may stand near each of them. */
  #positions = new Int32Array(FEW);
  #candidates: (readonly Candidate[])[] = [];
  #count = 0;
  #cursor = 0;
  /** How many of them the crowd was told of. */
  #told = 0;
  /** How far the text was gone through. */
  #to = 0;

  /** Forgets the text, and begins with the next at a place, one that it would stop at or an even one. */
  reset(from = 0): void {
    this.#count = 0;
    this.#cursor = 0;
    this.#told = 0;
    this.#to = from & ~1;
  }

  /** What may stand near the position that was found last. */
  get candidates(): readonly Candidate[] {
    return this.#candidates[this.#cursor] ?? NOTHING;
  }

  /** The next position from `from` and before `end`, all of one text, or -1. Tells the crowd of what stands there. */
  next(index: AnchorIndex, text: string, from: number, end: number, crowd: Crowd | undefined): number {
    for (;;) {
      while (this.#to < Math.min(end, from + AHEAD)) this.#goOn(index, text, crowd);
      const positions = this.#positions;
      let cursor = this.#cursor;
      while (cursor > 0 && (positions[cursor - 1] ?? 0) >= from) cursor -= 1;
      while (cursor < this.#count && (positions[cursor] ?? 0) < from) cursor += 1;
      this.#cursor = cursor;
      if (cursor < this.#count) {
        const position = positions[cursor] ?? 0;
        return position < end ? position : -1;
      }
      if (this.#to >= end) return -1;
      this.#goOn(index, text, crowd);
    }
  }

  /** Goes through the next block, and through all that a crowd goes on in. */
  #goOn(index: AnchorIndex, text: string, crowd: Crowd | undefined): void {
    if (this.#cursor > MANY) this.#forget(this.#cursor - LAST);
    let size = BLOCK;
    do {
      this.#fill(index, text, size);
      if (crowd === undefined || !(crowd.isGrowing || this.#count >= FEW)) return;
      this.#tell(crowd, text, index.furthest);
      this.#to = crowd.skips(text, this.#to, index.furthest);
      size = STEP;
    } while (this.#to < text.length && crowd.goesOnAt(this.#to));
  }

  /** Goes through the next block. */
  #fill(index: AnchorIndex, text: string, size: number): void {
    const from = this.#to;
    const to = Math.min(from + size, text.length);
    this.#copy(text, from, to);
    const noted = notePlaces(this.#view, index.windows, this.#noted, MARGIN + Math.min(to, text.length - 2) - from);
    this.#keepLikely(index.gates, noted, from - MARGIN);
    this.#to = to;
  }

  /** Keeps of the places that were noted those near which something may stand, counted from the text's beginning. */
  #keepLikely(gates: WindowGates, noted: number, shift: number): void {
    const fitting = gates.keepFitting(this.#view, this.#noted, noted);
    this.#makeRoom(this.#count + fitting);
    for (let index = 0; index < fitting; index += 1) {
      const at = this.#noted[index] ?? 0;
      const candidates = gates.candidatesAt(this.#bytes, windowAt(this.#view, at), at);
      if (candidates !== undefined) this.#keep(at + shift, candidates);
    }
  }

  #keep(position: number, candidates: readonly Candidate[]): void {
    this.#positions[this.#count] = position;
    this.#candidates[this.#count] = candidates;
    this.#count += 1;
  }

  #makeRoom(count: number): void {
    if (count <= this.#positions.length) return;
    const positions = new Int32Array(2 * count);
    positions.set(this.#positions);
    this.#positions = positions;
  }

  /** Tells the crowd of what stands near the places that it does not know yet, and leaves out what it masks, or where nothing stands. */
  #tell(crowd: Crowd, text: string, furthest: number): void {
    const [first, last] = [this.#told, this.#count];
    const from = this.#positions[first] ?? 0;
    const monotony = last - first < FEW ? NO_STRETCH : crowd.monotonyOf(text, from, this.#to);
    this.#count = first;
    for (let index = first; index < last; index += 1) {
      const position = this.#positions[index] ?? 0;
      const candidates = this.#candidates[index] ?? NOTHING;
      const isLikeBefore = position >= monotony.start && position < monotony.end;
      if (isLikeBefore || crowd.sees(text, position, candidates)) this.#keep(position, candidates);
    }
    crowd.count(text, this.#to);
    this.#told = this.#count;
    if (crowd.goesOnAt(this.#positions[first] ?? 0)) this.#leaveOut(crowd, text, first, furthest);
  }

  #leaveOut(crowd: Crowd, text: string, first: number, furthest: number): void {
    const last = this.#count;
    this.#count = first;
    for (let index = first; index < last; index += 1) {
      const position = this.#positions[index] ?? 0;
      if (!crowd.covers(text, position - furthest, position + 1))
        this.#keep(position, this.#candidates[index] ?? NOTHING);
    }
    this.#told = this.#count;
  }

  #forget(count: number): void {
    this.#positions.copyWithin(0, count, this.#count);
    this.#candidates.splice(0, count);
    this.#count -= count;
    this.#cursor -= count;
    this.#told = Math.max(0, this.#told - count);
  }

  /**
   * Copies the characters from `from` to `to`, and what stands around them. Beyond the ends of the text stands whatever
   * was there: it may keep a place that leads nowhere, and loses none.
   */
  #copy(text: string, from: number, to: number): void {
    const bytes = this.#bytes;
    const start = Math.max(0, from - MARGIN);
    const end = Math.min(to + MARGIN, text.length);
    const place = MARGIN + start - from;
    if (end - start < SHORT) for (let at = start; at < end; at += 1) bytes[place + at] = text.charCodeAt(at);
    else bytes.write(end - start === text.length ? text : text.slice(start, end), place, 'latin1');
  }
}

/** Notes every second place of a block whose window is known, and returns how many. A function of its own, and compiled as such. */
function notePlaces(view: DataView, windows: Uint32Array, positions: Int32Array, last: number): number {
  let count = 0;
  let window = windowAt(view, MARGIN);
  // Two places at a time: hardly one pair in ten has one that is known.
  for (let at = MARGIN; at < last; at += 4) {
    const next = windowAt(view, at + 4);
    const between = ((window << 10) | (next >>> 10)) & 0xfffff;
    const first = (windows[window >>> 5] ?? 0) >>> (window & 31);
    const second = (windows[between >>> 5] ?? 0) >>> (between & 31);
    if (((first | second) & 1) !== 0) {
      positions[count] = at;
      count += first & 1;
      positions[count] = at + 2;
      count += second & 1;
    }
    window = next;
  }
  return count > 0 && (positions[count - 1] ?? 0) >= last ? count - 1 : count;
}
