import { ALNUM, isIn, WHITESPACE } from './alphabets.ts';
import { anchorNear, type Candidate } from './anchor-index.ts';
import { Load } from './load.ts';
import type { Anchor, Span } from './span.ts';

/**
 * What makes a crowd of marks, which are anchors that stand in a text: how many characters they cover (`DENSE`, `COVERED`), or
 * how many there are (`COUNTED`), within how many characters. None counts that has the same text behind it as one shortly before.
 * Only texts that are made to be slow have as many: of 70 MB of code, logs and manuals, lists of such marks aside, the fullest
 * has two thirds.
 */
const DENSE = { most: 614, within: 1024 };
const COVERED = { most: 1843, within: 4 * 1024 };
const COUNTED = { most: 300, within: 8 * 1024 };
/**
 * Fewer different marks than these, within as many characters, are no crowd, however often they stand there: so it is in lists, as
 * of tests that pass or of records that have a `token` each.
 */
const DIFFERENT = { least: 16, within: 8 * 1024 };
/** Characters behind a dense place that are all masked; only marks in the last `AGAIN` of them tell whether it goes on. */
const HELD = 3 * 1024;
const AGAIN = DENSE.within + 256;
/** The most characters that one mark counts for. */
const MOST_COVERED = 12;
/** How many marks there are at least where there is a crowd. */
const FEWEST = 48;

/**
 * Characters from a mark's beginning that tell it from others where marks are counted, and where what they cover is; how far
 * back the same makes it no new one; and how many are remembered.
 */
const SHORT_CONTEXT = 12;
const CONTEXT = 32;
const MEMORY = 4 * 1024;
const SLOTS = 4096;

/** Characters that stand behind a mark's beginning when it is counted: no mark of a format is longer. */
const LAG = 96;
/** About how many characters are masked at a time, so that a stream need not hold all that is masked unread. */
const PIECE = 1024;

/** Private keys are read everywhere: they are longer than what is masked behind a crowd. */
const KEY = '-----BEGIN';

/** Characters: a shorter text can hold no crowd, and is not looked at. */
export const MIN_CROWDED = DENSE.most + LAG;

/** A piece of what is masked unread; complete if it ends there whatever follows. */
export interface Crowded {
  readonly start: number;
  readonly end: number;
  readonly isComplete: boolean;
}

/** Characters by which text that repeats itself is told: longer than any mark and what tells it from others. */
const PERIODIC = 2 * LAG;

/** What a mark's place is multiplied by to be stored with its length. */
const LENGTHS = 32;

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
  /** Marks that are not counted yet, ascending, each with its length in the lowest bits. */
  readonly #waiting: number[] = [];
  /** Marks, each followed by its length, a number for it and its contexts, until there are enough to be compared. */
  #early: number[] | undefined = [];
  #shortContexts: Contexts | undefined;
  #contexts: Contexts | undefined;
  /** Where each mark stood last, those first that stood so first. */
  readonly #different = new Map<number, number>();
  readonly #dense = new Load(DENSE.most, DENSE.within);
  readonly #covered = new Load(COVERED.most, COVERED.within);
  readonly #amount = new Load(COUNTED.most, COUNTED.within);
  /** Where the last mark ends. */
  #end = 0;
  #stretches: Stretch[] = [];
  #cursor = 0;
  /** Where the first private key begins that stands at or behind `#keySince`. */
  #key = Infinity;
  #keySince = Infinity;

  /** @param isGrowing whether the text may be part of a longer one, so that all of its marks count, however few */
  constructor(isGrowing = false) {
    this.isGrowing = isGrowing;
  }

  /** Begins to look at a text, or at the same again. */
  begin(): void {
    const waiting = this.#waiting;
    while ((waiting.at(-1) ?? -1) >= this.#base * LENGTHS) waiting.pop();
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
      if (!weighs(anchor, this.#codeAt(text, position + candidate.offset - 1))) continue;
      last = candidate.offset;
      this.#see(this.#base + position + last, anchor.text.length);
    }
    return stands;
  }

  #see(at: number, length: number): void {
    if (at < this.#counted) return;
    const waiting = this.#waiting;
    const mark = at * LENGTHS + Math.min(length, MOST_COVERED);
    let place = waiting.length;
    while (place > 0 && (waiting[place - 1] ?? 0) >= (at + 1) * LENGTHS) place -= 1;
    const last = waiting[place - 1] ?? -1;
    // Of those that begin at one place the longest counts.
    if (last >= at * LENGTHS) waiting[place - 1] = Math.max(last, mark);
    else if (place === waiting.length) waiting.push(mark);
    else waiting.splice(place, 0, mark);
  }

  /**
   * Where, between `from` and `to`, a text only says again what it said before: none of the marks there is unlike those
   * before, and what is behind begins as this does.
   */
  monotonyOf(text: string, from: number, to: number): { readonly start: number; readonly end: number } {
    const start = Math.max(from, this.#counted - this.#base, 0);
    const period = text.indexOf(text.slice(start, start + PERIODIC), start + 1) - start;
    const isMonotonous =
      period > 0 &&
      start + 4 * PERIODIC + 4 * period < to &&
      text.slice(start, to - period) === text.slice(start + period, to);
    return isMonotonous ? { start: start + period + PERIODIC, end: to - period - PERIODIC } : { start: to, end: to };
  }

  /** Counts the marks of a text that was looked through as far as `to`. */
  count(text: string, to: number): void {
    const end = this.#base + to - LAG;
    const waiting = this.#waiting;
    let counted = 0;
    for (; counted < waiting.length; counted += 1) {
      const mark = waiting[counted] ?? 0;
      const at = Math.floor(mark / LENGTHS);
      if (at >= end) break;
      if (at >= this.#skippedTo) this.#countOne(text, at, mark - at * LENGTHS);
    }
    waiting.splice(0, counted);
    this.#counted = Math.max(this.#counted, end);
  }

  /** Whether the crowd that was found last goes on at `position`. */
  goesOnAt(position: number): boolean {
    return (this.#stretches.at(-1)?.end ?? 0) > this.#base + position;
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

  #countOne(text: string, at: number, length: number): void {
    const start = at - this.#base;
    const short = this.#hash(text, start, start + SHORT_CONTEXT, 0);
    const long = this.#hash(text, start + SHORT_CONTEXT, start + CONTEXT, short);
    const mark = this.#hash(text, start, start + length, 0);
    if (this.#early === undefined) this.#weigh(at, length, mark, short, long);
    else {
      // Most texts never have so many.
      const early = this.#early;
      early.push(at, length, mark, short, long);
      if (early.length < 5 * FEWEST) return;
      this.#early = undefined;
      for (let index = 0; index < early.length; index += 5) {
        const [at = 0, length = 0, mark = 0, short = 0, long = 0] = early.slice(index, index + 5);
        this.#weigh(at, length, mark, short, long);
      }
    }
  }

  #weigh(at: number, length: number, mark: number, short: number, long: number): void {
    const covered = at + length - Math.max(at, this.#end);
    this.#end = Math.max(this.#end, at + length);
    const isMixed = this.#isMixed(at, mark);
    if ((this.#shortContexts ??= new Contexts()).isNew(short, at)) {
      const end = this.#amount.add(at, 1);
      if (isMixed) this.#extend(at, end);
    }
    if ((this.#contexts ??= new Contexts()).isNew(long, at) && covered > 0) {
      const [end, denseEnd] = [this.#covered.add(at, covered), this.#dense.add(at, covered)];
      if (!isMixed) return;
      this.#extend(at, end);
      if (denseEnd < at) return;
      this.#extend(at, at + HELD);
      this.#skippedTo = at + HELD - AGAIN;
    }
  }

  /** Whether many different marks stand shortly before a place, with the one there. */
  #isMixed(at: number, mark: number): boolean {
    const different = this.#different;
    different.delete(mark);
    different.set(mark, at);
    for (const [old, place] of different) {
      if (at - place < DIFFERENT.within) break;
      different.delete(old);
    }
    return different.size >= DIFFERENT.least;
  }

  #codeAt(text: string, index: number): number {
    return index < 0 ? this.#before.charCodeAt(this.#before.length + index) : text.charCodeAt(index);
  }

  /** A number for what stands from `start` to `end`, letter case aside, behind what stands before. */
  #hash(text: string, start: number, end: number, before: number): number {
    let hash = before;
    for (let index = start; index < end; index += 1) {
      hash = Math.imul(hash ^ (this.#codeAt(text, index) | 32), 0x9e37_79b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  /** Says that from `at` to `end` there is too much, or that there is not where `end` is before. */
  #extend(at: number, end: number): void {
    if (end < at) return;
    const last = this.#stretches.at(-1);
    if (last !== undefined && at + LAG <= last.end) last.end = Math.max(last.end, end + LAG);
    else this.#stretches.push({ start: at + LAG, end: end + LAG });
  }
}

/** Where each of many contexts stood last. */
class Contexts {
  readonly #contexts = new Int32Array(SLOTS);
  readonly #places = new Float64Array(SLOTS).fill(-Infinity);

  /** Whether it did not stand shortly before. */
  isNew(context: number, at: number): boolean {
    const slot = context & (SLOTS - 1);
    const isNew = this.#contexts[slot] !== context || at - (this.#places[slot] ?? 0) > MEMORY;
    this.#contexts[slot] = context;
    this.#places[slot] = at;
    return isNew;
  }
}

/**
 * Whether a mark says anything of how crowded a text is, behind a character. What the user declared to be secret may be of any
 * length, services are listed in texts that mean no harm, and the beginnings of tokens stand by chance in what is encoded.
 */
function weighs({ isLiteral, isService, exact }: Anchor, before: number): boolean {
  return isLiteral !== true && isService !== true && !(exact && isIn(ALNUM, before));
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
