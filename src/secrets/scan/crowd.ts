import { ALNUM, isIn, WHITESPACE } from './alphabets.ts';
import { anchorNear, type Candidate } from './anchor-index.ts';
import type { Anchor, Span } from './span.ts';
import { AGAIN, Tally } from './tally.ts';

/**
 * Characters behind a place with too many marks that are all masked: as many as were masked before it, within these bounds. Only
 * the last of them tell whether it goes on.
 */
const HELD = { least: 3 * 1024, most: 32 * 1024 };

/** Characters from a mark's beginning that tell it from others of the same beginning. */
const CONTEXT = 28;

/** Characters that stand behind a mark's beginning when it is counted: no mark of a format is longer. */
const LAG = 96;
/** About how many characters are masked at a time, so that a stream need not hold all that is masked unread. */
const PIECE = 1024;

/** Private keys are read everywhere: they are longer than what is masked behind a crowd. */
const KEY = '-----BEGIN';

/** Characters: a shorter text holds no crowd, and is not looked at; nor does any have one that begins so early. */
export const MIN_CROWDED = 512;

/** A piece of what is masked unread; complete if it ends there whatever follows. */
export interface Crowded {
  readonly start: number;
  readonly end: number;
  readonly isComplete: boolean;
}

/** Characters by which text that repeats itself is told: longer than any mark and what tells it from others. */
const PERIODIC = 2 * LAG;

/** What a mark's place is multiplied by to be stored with its length, twice, and whether it stands for itself. */
const NOTES = 64;
const LONGEST = 31;

interface Stretch {
  readonly start: number;
  end: number;
}

/**
 * Where a text is so full of marks that it is not read but masked, since something may be hidden in it. Whether
 * a place belongs there depends on what stands before it alone, each mark counted once, so that a text in pieces has
 * the same crowds as the whole. Of a growing text, all positions are counted from where it began.
 */
export class Crowd {
  readonly isGrowing: boolean;
  /** Where the text begins that is looked at, and the last of what stood before it. */
  #base = 0;
  #before = '';
  /** All marks before this place are counted. */
  #counted = 0;
  /** Marks before this place that are not counted yet never are. */
  #skippedTo = 0;
  /** Marks that are not counted yet, ascending, each with what is noted of it in the lowest bits. */
  readonly #waiting: number[] = [];
  readonly #tally = new Tally();
  #stretches: Stretch[] = [];
  #cursor = 0;
  /** Where the first private key begins that stands at or behind `#keySince`. */
  #key = Infinity;
  #keySince = Infinity;

  /** @param isGrowing whether the text may be part of a longer one, so that all of its marks count, however few */
  constructor(isGrowing = false) {
    this.isGrowing = isGrowing;
  }

  /** Begins to look at a text, or at the same again, from a place on. */
  begin(from = 0): void {
    const waiting = this.#waiting;
    while ((waiting.at(-1) ?? -1) >= (this.#base + from) * NOTES) waiting.pop();
    this.#cursor = 0;
    this.#keySince = Infinity;
  }

  /** Says that what the text begins with, `done`, is done with. */
  advance(done: string): void {
    this.#before = done.length < LAG ? (this.#before + done).slice(-LAG) : done.slice(-LAG);
    this.skip(done.length);
  }

  /** Says that so much of the text is left out. */
  skip(length: number): void {
    this.#base += length;
    if (this.#stretches.length > 0) this.#stretches = this.#stretches.filter(({ end }) => end > this.#base);
  }

  /** Takes note of the marks that stand near a position. Returns whether some do, or true where that does not matter any more. */
  sees(text: string, position: number, candidates: readonly Candidate[]): boolean {
    if (this.#base + position + 1 < Math.max(this.#counted, this.#skippedTo)) return true;
    let stands = false;
    let last: number | undefined;
    for (const candidate of candidates) {
      // Of those that begin at one place, one is enough.
      if (candidate.offset === last) continue;
      const anchor = anchorNear(candidate, text, position);
      if (anchor === undefined) continue;
      stands = true;
      if (!weighs(anchor)) continue;
      last = candidate.offset;
      const isPart = anchor.exact && isIn(ALNUM, this.#codeAt(text, position + last - 1));
      this.#see(this.#base + position + last, Math.min(anchor.text.length, LONGEST) * 2 + Number(!isPart));
    }
    return stands;
  }

  #see(at: number, notes: number): void {
    if (at < this.#counted) return;
    const waiting = this.#waiting;
    const mark = at * NOTES + notes;
    let place = waiting.length;
    while (place > 0 && (waiting[place - 1] ?? 0) >= (at + 1) * NOTES) place -= 1;
    const last = waiting[place - 1] ?? -1;
    // Of those that begin at one place the longest counts.
    if (last >= at * NOTES) waiting[place - 1] = Math.max(last, mark);
    else if (place === waiting.length) waiting.push(mark);
    else waiting.splice(place, 0, mark);
  }

  /**
   * Where, between `from` and `to`, a text only says again what it said before: none of the marks there is unlike those
   * before, and what is behind begins as this does.
   */
  monotonyOf(text: string, from: number, to: number): { readonly start: number; readonly end: number } {
    const start = Math.max(from, this.#counted - this.#base, 0);
    // A longer one would not stand there often enough, so that none is looked for beyond.
    const longest = Math.floor((to - start - 1) / 4) - PERIODIC;
    const none = { start: to, end: to };
    if (longest <= 0) return none;
    const head = text.slice(start, start + PERIODIC);
    const period = text.slice(start + 1, start + longest + PERIODIC).indexOf(head) + 1;
    if (period === 0 || text.slice(start, to - period) !== text.slice(start + period, to)) return none;
    return { start: start + period + PERIODIC, end: to - period - PERIODIC };
  }

  /** Counts the marks of a text that was looked through as far as `to`. */
  count(text: string, to: number): void {
    const end = this.#base + to - LAG;
    const waiting = this.#waiting;
    let counted = 0;
    for (; counted < waiting.length; counted += 1) {
      const mark = waiting[counted] ?? 0;
      const at = Math.floor(mark / NOTES);
      if (at >= end) break;
      if (at >= this.#skippedTo) this.#countOne(text, at, mark - at * NOTES);
    }
    waiting.splice(0, counted);
    this.#counted = Math.max(this.#counted, end);
  }

  /** Whether the crowd that was found last goes on at `position`. */
  goesOnAt(position: number): boolean {
    return (this.#stretches.at(-1)?.end ?? 0) > this.#base + position;
  }

  /** How far, from `to` on, it does not matter what stands there: no mark counts, and all is masked. At least to `to`. */
  skips(text: string, to: number, furthest: number): number {
    const last = this.#stretches.at(-1);
    if (last === undefined || last.start > this.#base + to - furthest) return to;
    const key = this.#keyFrom(text, to - furthest - KEY.length);
    // A mark may be seen from the place before it.
    return Math.max(to, Math.min(key, this.#skippedTo - this.#base, text.length) - 2);
  }

  /** Whether all from `from` to `to` is in the crowd that was found last. */
  covers(text: string, from: number, to: number): boolean {
    const last = this.#stretches.at(-1);
    if (last === undefined || last.start > this.#base + from || last.end < this.#base + to) return false;
    return this.#keyFrom(text, from - KEY.length) >= to;
  }

  /**
   * The first piece to be masked that ends behind `from`, of what was looked through.
   * @param boundaries where tokens end that have no whitespace behind them
   */
  next(text: string, from: number, boundaries: readonly number[]): Crowded | undefined {
    for (; this.#cursor < this.#stretches.length; this.#cursor += 1) {
      const stretch = this.#stretches[this.#cursor];
      const piece = stretch && this.#pieceOf(stretch, text, from, boundaries);
      if (piece !== undefined) return piece;
    }
    return undefined;
  }

  #pieceOf(stretch: Stretch, text: string, from: number, boundaries: readonly number[]): Crowded | undefined {
    const last = Math.min(stretch.end - this.#base, text.length);
    let start = skipWhitespace(text, Math.max(stretch.start - this.#base, from));
    for (let key = this.#keyFrom(text, start - KEY.length + 1); key <= start; key = this.#keyFrom(text, key + 1))
      start = skipWhitespace(text, key + KEY.length);
    if (start >= last) return undefined;
    const first = stretch.start - this.#base;
    const grid = first + PIECE * (Math.floor((start - first) / PIECE) + 1);
    const cut = grid < last ? tokenStartFrom(text, grid, boundaries) : Infinity;
    const next = Math.min(cut, tokenEndFrom(text, last, boundaries));
    const end = Math.min(next, this.#keyFrom(text, start));
    return { start, end: trimmedEnd(text, start, end), isComplete: end < text.length };
  }

  /** Where the first private key begins from `from` on. */
  #keyFrom(text: string, from: number): number {
    if (from < this.#keySince || from > this.#key) {
      const at = text.indexOf(KEY, from);
      this.#key = at < 0 ? Infinity : at;
      this.#keySince = from;
    }
    return this.#key;
  }

  #countOne(text: string, at: number, notes: number): void {
    const start = at - this.#base;
    const isWhole = start >= 0;
    const seen = isWhole ? text : this.#before + text.slice(0, LAG);
    const first = isWhole ? start : this.#before.length + start;
    if (!this.#tally.meets(at, hashOf(seen, first, first + (notes >> 1)))) return;
    const mark = { at, context: hashOf(seen, first, first + CONTEXT), isPart: notes % 2 === 0 };
    const last = this.#stretches.at(-1);
    const held = last !== undefined && at + LAG < last.end ? last : undefined;
    const isMuch = this.#tally.isTooMuch(mark, held !== undefined);
    if (isMuch && at + LAG >= MIN_CROWDED) this.#hold(at, held);
  }

  /** Says that all from `at` on is masked unread for a while, and so is what was before it. */
  #hold(at: number, last: Stretch | undefined): void {
    const stretch = last ?? { start: at + LAG, end: 0 };
    const held = Math.min(Math.max(HELD.least, at + LAG - stretch.start), HELD.most);
    stretch.end = at + LAG + held;
    this.#skippedTo = at + held - AGAIN.within;
    if (last === undefined) this.#stretches.push(stretch);
  }

  #codeAt(text: string, index: number): number {
    return index < 0 ? this.#before.charCodeAt(this.#before.length + index) : text.charCodeAt(index);
  }
}

/** A number for every second character from `start` to `end`, and the last one, letter case aside. */
function hashOf(text: string, start: number, end: number): number {
  let hash = end - start + (text.charCodeAt(end - 1) | 32);
  for (let index = start; index < end; index += 2) {
    hash = Math.imul(hash ^ (text.charCodeAt(index) | 32), 0x9e37_79b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

/**
 * Whether a mark says anything of how crowded a text is. What the user declared to be secret may be of any length, and services
 * are listed in texts that mean no harm. The beginnings of tokens stand by chance in what is encoded, but few different ones.
 */
function weighs({ isLiteral, isService }: Anchor): boolean {
  return isLiteral !== true && isService !== true;
}

/** What is masked unread. */
export function spanOf({ start, end }: Crowded): Span {
  return { kind: 'secret', start, end };
}

function skipWhitespace(text: string, from: number): number {
  let index = from;
  while (isIn(WHITESPACE, text.charCodeAt(index))) index += 1;
  return index;
}

function trimmedEnd(text: string, start: number, from: number): number {
  let end = from;
  while (end > start && isIn(WHITESPACE, text.charCodeAt(end - 1))) end -= 1;
  return end;
}

/** Where the token that `from` stands in, or behind, ends. */
function tokenEndFrom(text: string, from: number, boundaries: readonly number[]): number {
  const last = Math.min(firstFrom(boundaries, from) ?? Infinity, text.length);
  let end = from;
  while (end < last && !isIn(WHITESPACE, text.charCodeAt(end))) end += 1;
  return end;
}

/** Where the first token begins from `from` on. */
function tokenStartFrom(text: string, from: number, boundaries: readonly number[]): number {
  if (isIn(WHITESPACE, text.charCodeAt(from - 1))) return skipWhitespace(text, from);
  const end = tokenEndFrom(text, from, boundaries);
  return firstFrom(boundaries, end) === end ? end : skipWhitespace(text, end);
}

/** The first of ascending numbers that is no less than `least`. */
function firstFrom(ascending: readonly number[], least: number): number | undefined {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return ascending[low];
}
