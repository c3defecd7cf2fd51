import type { AnchorIndex, Candidate } from './anchor-index.ts';
import { FURTHEST_PROBE, type WindowGates } from './window-gates.ts';

/** How many characters are gone through at a time. */
const BLOCK = 16 * 1024;
const NOTHING: readonly Candidate[] = [];
/** What stands before a block and behind it as far as gates look. */
const MARGIN = FURTHEST_PROBE;
/** Shorter texts are copied by hand: to ask for it takes longer. */
const SHORT = 32;

/**
 * Finds every second position of a text from where an anchor may be seen. It works on bytes, the low halves of
 * characters, since windows need no more of them. All positions of a block whose windows are known are noted before
 * any is looked at: a loop over the text that has no branch to be foretold takes half the time.
 */
export class Sieve {
  readonly #bytes = Buffer.alloc(MARGIN + BLOCK + MARGIN);
  readonly #positions = new Int32Array(BLOCK / 2 + 1);
  /** What may stand near each of them. */
  readonly #candidates: (readonly Candidate[])[] = [];
  #count = 0;
  #cursor = 0;
  #from = 0;
  #to = 0;

  /** Forgets the text. */
  reset(): void {
    this.#to = this.#from;
  }

  /** What may stand near the position that was found last. */
  get candidates(): readonly Candidate[] {
    return this.#candidates[this.#cursor] ?? NOTHING;
  }

  /** The next position from `from` and before `end`, all of one text, or -1. */
  next(index: AnchorIndex, text: string, from: number, end: number): number {
    let start = from;
    while (start < end) {
      if (start < this.#from || start >= this.#to) this.#fill(index, text, Math.max(0, start) & ~1);
      const positions = this.#positions;
      let cursor = this.#cursor;
      while (cursor > 0 && (positions[cursor - 1] ?? 0) >= start) cursor -= 1;
      while (cursor < this.#count && (positions[cursor] ?? 0) < start) cursor += 1;
      this.#cursor = cursor;
      const position = cursor < this.#count ? (positions[cursor] ?? 0) : this.#to;
      if (position < this.#to) return position < end ? position : -1;
      start = this.#to;
    }
    return -1;
  }

  /** Goes through the block from `from`, an even place, on. */
  #fill(index: AnchorIndex, text: string, from: number): void {
    const to = Math.min(from + BLOCK, text.length);
    this.#copy(text, from, to);
    const noted = notePlaces(
      this.#bytes,
      index.windows,
      this.#positions,
      MARGIN + Math.min(to, text.length - 2) - from,
    );
    this.#count = this.#keepLikely(index.gates, noted, from - MARGIN);
    this.#cursor = 0;
    this.#from = from;
    this.#to = to;
  }

  /** Keeps of the places that were noted those near which something may stand, counted from the text's beginning. */
  #keepLikely(gates: WindowGates, noted: number, shift: number): number {
    const positions = this.#positions;
    let kept = 0;
    for (let index = 0; index < noted; index += 1) {
      const at = positions[index] ?? 0;
      const candidates = gates.candidatesAt(this.#bytes, windowAt(this.#bytes, at), at);
      if (candidates === undefined) continue;
      positions[kept] = at + shift;
      this.#candidates[kept] = candidates;
      kept += 1;
    }
    return kept;
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
function notePlaces(bytes: Uint8Array, windows: Uint32Array, positions: Int32Array, last: number): number {
  let count = 0;
  let window = (((bytes[MARGIN] ?? 0) & 31) << 5) | ((bytes[MARGIN + 1] ?? 0) & 31);
  for (let at = MARGIN; at < last; at += 2) {
    window = ((window << 10) | (((bytes[at + 2] ?? 0) & 31) << 5) | ((bytes[at + 3] ?? 0) & 31)) & 0xfffff;
    positions[count] = at;
    count += ((windows[window >>> 5] ?? 0) >>> (window & 31)) & 1;
  }
  return count;
}

/** The window at a place of a text's low bytes. */
function windowAt(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] ?? 0) & 31) << 15) |
    (((bytes[at + 1] ?? 0) & 31) << 10) |
    (((bytes[at + 2] ?? 0) & 31) << 5) |
    ((bytes[at + 3] ?? 0) & 31)
  );
}
