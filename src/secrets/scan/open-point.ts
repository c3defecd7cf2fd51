import type { AnchorIndex } from './anchor-index.ts';
import { scanAround } from './scan-around.ts';
import type { Scanned } from './scan.ts';
import type { Span } from './span.ts';
import { lastWhitespace, tokenBoundaries } from './text-boundaries.ts';

/** What is held back at most, private keys aside. */
export const MAX_HELD = 64 * 1024;

const PRIVATE_KEY = '-----BEGIN ';

export interface GrowingText extends Omit<Scanned, 'observe'> {
  /** The beginnings of literals too spaced to lie within one token. */
  readonly spacedHeads: readonly string[];
  /** Moves a cut to the left, to where whoever else looks at the text can bear one. */
  readonly align?: (open: number) => number;
}

/** Where a growing text can be cut, and what was recognised in all of it. */
export interface OpenPoint {
  readonly open: number;
  readonly spans: readonly Span[];
}

/**
 * Where `text` must be cut when more may follow: right of the cut stand the last, unfinished token and everything
 * whose meaning could still change. No parser looked across the cut, so both sides read alone as they do together.
 */
export function openPoint(
  index: AnchorIndex,
  { spacedHeads, align = (open) => open, ...scanned }: GrowingText,
): OpenPoint {
  const { text } = scanned;
  const boundaries = tokenBoundaries(text);
  let tokens: TokenStarts | undefined;
  const starts: number[] = [];
  const reaches: number[] = [];
  const lastToken = tokenStart(text, boundaries, text.length);
  let open = lastToken;
  let isKeyOpen = false;
  const spans = scanAround(index, {
    ...scanned,
    observe(start, reach) {
      const begin = (tokens ??= new TokenStarts(text, boundaries)).startOf(start);
      const last = starts.length - 1;
      // Of all that begins in a token the furthest reach counts.
      if (starts[last] === begin) reaches[last] = Math.max(reaches[last] ?? 0, reach);
      else {
        starts.push(begin);
        reaches.push(reach);
      }
      if (reach <= text.length) return;
      open = Math.min(open, begin);
      isKeyOpen ||= text.startsWith(PRIVATE_KEY, start);
    },
  });
  const cut = Math.min(cutAnchor(index, text), cutHead(spacedHeads, text));
  if (cut < open) open = tokenStart(text, boundaries, cut);
  for (let before = Infinity; open < before;) {
    before = open;
    for (let at = starts.length - 1; at >= 0; at -= 1) {
      const start = starts[at] ?? 0;
      if (start < open && (reaches[at] ?? 0) > open) open = start;
    }
    open = align(open);
  }
  return { open: text.length - open > MAX_HELD && !isKeyOpen ? Math.max(open, lastToken) : open, spans };
}

/** Where the first anchor may begin that the end of the text cuts short; the pass sees an anchor by its middle. */
function cutAnchor(index: AnchorIndex, text: string): number {
  for (let start = Math.max(0, text.length - index.longest); start < text.length - 2; start += 1) {
    if (index.heads(text, start).some(({ finder }) => finder.isCutAt(text, start))) return start;
  }
  return Infinity;
}

/** Where the longest of those that the end of the text cuts short begins. */
function cutHead(heads: readonly string[], text: string): number {
  const longest = heads.reduce((most, head) => {
    for (let length = head.length; length > most; length -= 1) if (text.endsWith(head.slice(0, length))) return length;
    return most;
  }, 0);
  return longest === 0 ? Infinity : text.length - longest;
}

/** Where the token around a position begins; asked for positions of ascending tokens, it reads the text once. */
class TokenStarts {
  readonly #text: string;
  readonly #boundaries: readonly number[];
  #seen = 0;
  #start = 0;

  constructor(text: string, boundaries: readonly number[]) {
    this.#text = text;
    this.#boundaries = boundaries;
  }

  startOf(position: number): number {
    if (position >= this.#start && position <= this.#seen) return this.#start;
    if (position < this.#start) {
      this.#seen = 0;
      this.#start = 0;
    }
    this.#start = Math.max(this.#start, tokenStart(this.#text, this.#boundaries, position, this.#seen));
    this.#seen = position;
    return this.#start;
  }
}

/** Where the token around a position begins; 0 where it does so before `seen`. */
function tokenStart(text: string, boundaries: readonly number[], position: number, seen = 0): number {
  return Math.max(lastWhitespace(text, seen, position) + 1, lastUpTo(boundaries, position));
}

/** The last of ascending numbers that is no more than `most`, or 0. */
function lastUpTo(numbers: readonly number[], most: number): number {
  let index = numbers.length - 1;
  while (index >= 0 && (numbers[index] ?? 0) > most) index -= 1;
  return numbers[index] ?? 0;
}
