import { BLANK, isIn } from './alphabets.ts';
import { BACKSLASH, GREATER, HASH, HYPHEN, LETTER_N, LETTER_R, NEWLINE, PLUS } from './codes.ts';
import { DrawnTokens } from './drawn-tokens.ts';
import type { Span } from './span.ts';

const NO_SEARCHES: readonly Search[] = [];
/** A run worth remembering. */
const LONG_RUN = 32;

/** Where characters of one alphabet stand side by side, as far as somebody read them. */
interface Run {
  readonly start: number;
  end: number;
}

/** A run that was asked for `from` a place, and read from `first` to `end`. */
interface Reading {
  readonly from: number;
  readonly first: number;
  readonly end: number;
  readonly limit: number;
}

/** What is in a text, and how many characters were looked at for that. */
export interface InnerFindings {
  readonly spans: readonly Span[];
  readonly steps: number;
}

/** Words, in lower case, that were looked for in a line: from `from` on, to begin before `limit`. */
export interface Search {
  readonly words: string;
  readonly from: number;
  readonly limit: number;
}

/** Looks through a text that is in another one in encoded form. */
export type ScanInner = (text: string, startsLine: boolean) => InnerFindings;

/**
 * What a parser sees of the text. It counts how far parsers looked (`reach`), so that a stream knows which of their
 * answers could change when more text arrives, and it hides what lies left of `floor`, so that an answer never
 * depends on text that was already released or masked.
 */
export class Reader {
  text: string;
  floor = 0;
  /** From here on the text is masked unread, as far as that is known: what it holds in another form is not read either. */
  ceiling = Infinity;
  /** One past the furthest index any parser asked for; beyond the text's length when one ran out of text. */
  reach = 0;
  /** What was not found since this was emptied, and one past the furthest index that was looked at for that. */
  searches: readonly Search[] = NO_SEARCHES;
  searched = 0;
  /** The leftmost index that any parser asked for, hidden ones too. */
  low = 0;
  /** Whether a parser went by more than the text: by what it had read before, or what the text was taken out of. */
  usesMemory = false;
  /** How many characters were looked at so far, all told: the measure of the work. */
  steps = 0;
  /** Where the last view of each sort ended: what lies before was read as what it stands for. */
  viewEnds = new Map<object, number>();
  /** The last long run of each alphabet, and of all but one: a thousand parsers that begin inside of it together read it once. */
  #runs: Map<number, Run> | undefined;

  #drawnTokens: DrawnTokens | undefined;

  /** How many wrappings the text was taken out of. */
  readonly depth: number;
  /** Looks through text that this one has in another form, as this one is looked through. */
  readonly scanInner: ScanInner | undefined;

  /** Whether the text begins where a line does, or behind nothing but blanks and list marks. */
  readonly startsLine: boolean;

  constructor(text: string, startsLine = true, depth = 0, scanInner?: ScanInner) {
    this.text = text;
    this.depth = depth;
    this.scanInner = scanInner;
    this.startsLine = startsLine;
  }

  /** What may be seen, to go on from there when the text has grown. */
  save(): Pick<Reader, 'floor' | 'ceiling' | 'viewEnds'> {
    return { floor: this.floor, ceiling: this.ceiling, viewEnds: new Map(this.viewEnds) };
  }

  /** Goes on with a text that begins as this one does, from where it stood. */
  grow(text: string, { floor, ceiling, viewEnds }: ReturnType<Reader['save']>): void {
    this.text = text;
    this.floor = floor;
    this.ceiling = ceiling;
    this.viewEnds = new Map(viewEnds);
    // What ended there may go on now.
    this.#runs = undefined;
    this.#drawnTokens = undefined;
  }

  /** Begins to take note of what a parser asks for whose anchor stands from `start` to `end`. */
  begin(start: number, end: number): void {
    this.reach = end;
    this.low = start;
    this.searches = NO_SEARCHES;
    this.searched = 0;
    this.usesMemory = false;
  }

  /** One past the furthest index that was looked at since then. */
  get lookedTo(): number {
    return Math.max(this.reach, this.searched);
  }

  /** Whether a line begins at `index`, blanks and the marks of comments, changes and quotes aside: `-`, `#`, `+`, `>`. */
  beginsLine(index: number): boolean {
    let start = index;
    while (isLineLead(this.before(start))) start -= 1;
    const previous = this.before(start);
    return (start === 0 && this.startsLine) || endsALine(previous, this.before(start - 1));
  }

  /** The UTF-16 unit at `index`, or -1 beyond the end. */
  at(index: number): number {
    this.steps += 1;
    if (index >= this.reach) this.reach = index + 1;
    else if (index < this.low) this.low = index;
    return index < this.text.length ? this.text.charCodeAt(index) : -1;
  }

  /** The unit left of `index`, or -1 where nothing may be seen. */
  before(index: number): number {
    this.steps += 1;
    if (index <= this.low) this.low = index - 1;
    return index > this.floor ? this.text.charCodeAt(index - 1) : -1;
  }

  /** Where the run of `mask` characters from `from` ends, at most at `limit`. */
  skip(mask: number, from: number, limit: number): number {
    const { text } = this;
    const end = Math.min(limit, text.length);
    const first = this.#readTo(mask, from, limit);
    let index = first;
    while (index < end && isIn(mask, text.charCodeAt(index))) index += 1;
    return this.#note(mask, { from, first, end: index, limit });
  }

  /** Whether a token that may be random begins from `from` on and before `to`. */
  hasDrawnToken(from: number, to: number): boolean {
    const tokens = (this.#drawnTokens ??= new DrawnTokens(this.text));
    this.steps += 1;
    this.reach = Math.max(this.reach, tokens.reachOf(to));
    return tokens.beginsWithin(from, to);
  }

  /** Where the first `mask` character from `from` on stands, the text ends or `limit` is. */
  find(mask: number, from: number, limit: number): number {
    const { text } = this;
    const end = Math.min(limit, text.length);
    const first = this.#readTo(~mask, from, limit);
    let index = first;
    while (index < end && !isIn(mask, text.charCodeAt(index))) index += 1;
    return this.#note(~mask, { from, first, end: index, limit });
  }

  /** How far a run of an alphabet was read that `from` is in, at most to `limit`. */
  #readTo(alphabet: number, from: number, limit: number): number {
    const known = this.#runs?.get(alphabet);
    const isWithin = known !== undefined && from >= known.start && from <= known.end;
    return isWithin ? Math.max(from, Math.min(known.end, limit)) : from;
  }

  /** Takes note of a run that was read from `first` on, and returns where it ends. */
  #note(alphabet: number, { from, first, end, limit }: Reading): number {
    this.steps += end - first + 1;
    if (end - from >= LONG_RUN) {
      const known = this.#runs?.get(alphabet);
      if (known !== undefined && first > from) known.end = Math.max(known.end, end);
      else (this.#runs ??= new Map()).set(alphabet, { start: from, end });
    }
    // What ended the run was looked at, or would have been had there been more text.
    this.reach = Math.max(this.reach, end < limit ? end + 1 : end);
    return end;
  }

  /** Where words stand in the line, or -1. What stands there instead counts for nothing: only that they do not. */
  seek(search: Search): number {
    const { at, reach } = searchIn(this.text, search);
    this.steps += reach - search.from;
    if (at >= 0) this.reach = Math.max(this.reach, reach);
    else {
      this.searched = Math.max(this.searched, reach);
      this.searches = [...this.searches, search];
    }
    return at;
  }

  /** Whether `expected` stands at `from`, letter case aside; `expected` is lower case. */
  sees(expected: string, from: number): boolean {
    for (let offset = 0; offset < expected.length; offset += 1) {
      if (foldCase(this.at(from + offset)) !== expected.charCodeAt(offset)) return false;
    }
    return true;
  }
}

/** Where words stand in a text, letter case aside, or -1, and one past the furthest index that was looked at for that. */
export function searchIn(
  text: string,
  { words, from, limit }: Search,
): { readonly at: number; readonly reach: number } {
  let reach = from;
  for (let index = from; index < limit; index += 1) {
    let length = 0;
    while (length < words.length && foldCase(text.charCodeAt(index + length)) === words.charCodeAt(length)) length += 1;
    reach = Math.max(reach, index + Math.min(length + 1, words.length));
    if (length === words.length) return { at: index, reach };
    if (index >= text.length || text.charCodeAt(index) === NEWLINE) break;
  }
  return { at: -1, reach };
}

/** Whether text that `text` was cut from begins a line where `text` ends; `startsLine` tells it of its beginning. */
export function endsAtLineStart(text: string, startsLine: boolean): boolean {
  let index = text.length - 1;
  while (index >= 0 && isLineLead(text.charCodeAt(index))) index -= 1;
  return index < 0 ? startsLine : endsALine(text.charCodeAt(index), text.charCodeAt(index - 1));
}

/** Whether a character ends a line, or does so written out, behind a backslash. */
function endsALine(code: number, before: number): boolean {
  return code === NEWLINE || ((code === LETTER_N || code === LETTER_R) && before === BACKSLASH);
}

function isLineLead(code: number): boolean {
  return isIn(BLANK, code) || code === HYPHEN || code === HASH || code === PLUS || code === GREATER;
}

/** The lower case of an ASCII capital; anything else as it is. */
export function foldCase(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}
