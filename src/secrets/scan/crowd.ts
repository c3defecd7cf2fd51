import { isIn, WHITESPACE } from './alphabets.ts';
import { anchorNear, type Candidate } from './anchor-index.ts';
import type { Span } from './span.ts';

/**
 * So many marks, each with other text behind it than those shortly before, within so many characters: no text is so full
 * of them that was not made to be slow. Of 70 MB of code, logs and manuals the fullest has two thirds of that, lists of
 * such marks aside.
 */
const DENSITIES = [
  { marks: 88, within: 1024 },
  { marks: 300, within: 8 * 1024 },
] as const;
const FEWEST = DENSITIES[0].marks;
const MOST = DENSITIES[1].marks;

/** What stands behind a mark's beginning, and as how far back it may have stood there before. */
const CONTEXT = 12;
const MEMORY = 4 * 1024;
const SLOTS = 4096;

/** A mark is counted when so much stands behind it: no format's is longer. */
const LAG = 64;
/** What is masked unread is masked in pieces of about this length, so that a stream need not hold all of it. */
const PIECE = 1024;

/** Private keys are read everywhere: they are longer than what is masked behind a crowd. */
const KEY = '-----BEGIN';

/** No shorter text is looked at: it can hold no crowd. */
export const MIN_CROWDED = FEWEST * 3 + LAG;

/** A piece of what is masked unread, and whether it ends where it does whatever follows. */
export interface Crowded {
  readonly start: number;
  readonly end: number;
  readonly isComplete: boolean;
}

interface Stretch {
  readonly start: number;
  end: number;
}

/**
 * Where a text is so full of marks that nothing in it is read: it is masked, since something may be hidden in it. Whether
 * a place belongs there depends on what stands before it alone, each mark counted once, so that a text in pieces has
 * the same crowds as the whole. Of a growing text, all positions are counted from where it began.
 */
export class Crowd {
  readonly isGrowing: boolean;
  /** Where the text begins that is looked at, and the end of what stood before. */
  #base = 0;
  #before = '';
  /** All marks before are counted. */
  #counted = 0;
  /** Marks that are not counted yet, ascending. */
  readonly #waiting: number[] = [];
  #early: { readonly at: number; readonly context: number }[] | undefined = [];
  #contexts: Int32Array | undefined;
  #places: Float64Array | undefined;
  /** The last marks that were unlike those before. */
  #recent: number[] = [];
  #stretches: Stretch[] = [];
  #cursor = 0;
  /** Where private keys begin. */
  #keys: number[] = [];

  /** @param isGrowing whether the text may be part of a longer one, so that all of its marks count, however few */
  constructor(isGrowing = false) {
    this.isGrowing = isGrowing;
  }

  /** Begins to look at a text, or at the same again. */
  begin(): void {
    const waiting = this.#waiting;
    while ((waiting.at(-1) ?? -1) >= this.#base) waiting.pop();
    this.#cursor = 0;
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
    if (this.#keys.length > 0) this.#keys = this.#keys.filter((at) => at >= this.#base);
  }

  /** Takes note of the marks that stand near a position, and says whether some do. */
  sees(text: string, position: number, candidates: readonly Candidate[]): boolean {
    let stands = false;
    for (const candidate of candidates) {
      const anchor = anchorNear(candidate, text, position);
      if (anchor === undefined) continue;
      stands = true;
      // What the user declared to be secret may be of any length.
      if (anchor.isLiteral !== true) this.#see(this.#base + position + candidate.offset, anchor.text);
    }
    return stands;
  }

  #see(at: number, mark: string): void {
    if (at < this.#counted) return;
    if (mark.startsWith(KEY)) insert(this.#keys, at);
    insert(this.#waiting, at);
  }

  /** Counts the marks of a text that was looked through as far as `to`. */
  count(text: string, to: number): void {
    const end = this.#base + to - LAG;
    const waiting = this.#waiting;
    let counted = 0;
    for (; counted < waiting.length; counted += 1) {
      const at = waiting[counted] ?? 0;
      if (at >= end) break;
      this.#countOne(at, this.#contextAt(text, at - this.#base));
    }
    waiting.splice(0, counted);
    this.#counted = Math.max(this.#counted, end);
  }

  /** Whether the crowd that was found last goes on at `position`. */
  goesOnAt(position: number): boolean {
    return (this.#stretches.at(-1)?.end ?? 0) > this.#base + position;
  }

  /** Whether all from `from` to `to` is in the crowd that was found last. */
  covers(from: number, to: number): boolean {
    const last = this.#stretches.at(-1);
    if (last === undefined || last.start > this.#base + from || last.end < this.#base + to) return false;
    return (firstFrom(this.#keys, this.#base + from - KEY.length) ?? Infinity) >= this.#base + to;
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
    for (let key = this.#keyFrom(start - KEY.length + 1); key <= start; key = this.#keyFrom(key + 1))
      start = skipWhitespace(text, key + KEY.length);
    if (start >= last) return undefined;
    const first = stretch.start - this.#base;
    const grid = first + PIECE * (Math.floor((start - first) / PIECE) + 1);
    const cut = grid < last ? tokenStartFrom(text, grid, boundaries) : Infinity;
    const next = Math.min(cut, tokenEndFrom(text, last, boundaries));
    const end = Math.min(next, this.#keyFrom(start));
    return { start, end: trimmedEnd(text, start, end), isComplete: end < text.length };
  }

  /** Where the first private key begins from `from` on. */
  #keyFrom(from: number): number {
    return (firstFrom(this.#keys, this.#base + from) ?? Infinity) - this.#base;
  }

  #countOne(at: number, context: number): void {
    if (this.#early === undefined) this.#countNew(at, context);
    else {
      // Most texts never have so many.
      this.#early.push({ at, context });
      if (this.#early.length < FEWEST) return;
      const early = this.#early;
      this.#early = undefined;
      for (const one of early) this.#countNew(one.at, one.context);
    }
  }

  #countNew(at: number, context: number): void {
    if (!this.#isNew(at, context)) return;
    const recent = this.#recent;
    recent.push(at);
    for (const { marks, within } of DENSITIES) {
      const first = recent[recent.length - marks];
      if (first !== undefined && at - first < within) this.#extend(at + LAG, first + within + LAG);
    }
    if (recent.length > 4 * MOST) this.#recent = recent.slice(-MOST);
  }

  /** A number for what stands at `start`, letter case aside. */
  #contextAt(text: string, start: number): number {
    let context = 0;
    for (let index = start; index < start + CONTEXT; index += 1) {
      const code = index < 0 ? this.#before.charCodeAt(this.#before.length + index) : text.charCodeAt(index);
      context = Math.imul(context ^ (code | 32), 0x9e37_79b1);
      context ^= context >>> 15;
    }
    return context;
  }

  #isNew(at: number, context: number): boolean {
    const contexts = (this.#contexts ??= new Int32Array(SLOTS));
    const places = (this.#places ??= new Float64Array(SLOTS).fill(-Infinity));
    const slot = context & (SLOTS - 1);
    const isNew = contexts[slot] !== context || at - (places[slot] ?? 0) > MEMORY;
    contexts[slot] = context;
    places[slot] = at;
    return isNew;
  }

  #extend(start: number, end: number): void {
    const last = this.#stretches.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else this.#stretches.push({ start, end });
  }
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

/** Adds a number to ascending ones, most of which it is behind, unless it is there. */
function insert(ascending: number[], number: number): void {
  let place = ascending.length;
  while (place > 0 && (ascending[place - 1] ?? 0) > number) place -= 1;
  if (ascending[place - 1] === number) return;
  if (place === ascending.length) ascending.push(number);
  else ascending.splice(place, 0, number);
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
