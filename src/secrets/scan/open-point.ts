import type { AnchorIndex } from './anchor-index.ts';
import { BLANK, isIn, WHITESPACE } from './alphabets.ts';
import { EQUALS, SEMICOLON, TAB } from './codes.ts';
import { Growth } from './growth.ts';
import { scanAround } from './scan-around.ts';
import type { Scanned } from './scan.ts';
import type { Span } from './span.ts';
import { MAX_PAIR_GAP, tokenBoundaries } from './text-boundaries.ts';
import { tokenStart } from './token-starts.ts';

/** What is held back at most, private keys aside. */
export const MAX_HELD = 64 * 1024;

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
  const { text, growth = new Growth() } = scanned;
  const boundaries = tokenBoundaries(text);
  const looks = growth.look(text, boundaries);
  const spans = scanAround(index, { ...scanned, growth, observe: (start, reach) => looks.add(start, reach) });
  const lastToken = tokenStart(text, boundaries, text.length);
  const cut = Math.min(cutAnchor(index, text), cutHead(spacedHeads, text));
  let open = cut < lastToken ? tokenStart(text, boundaries, cut) : lastToken;
  for (let before = Infinity; open < before;) {
    before = open;
    open = align(looks.openFrom(leadStart(text, boundaries, firstOfPairs(text, boundaries, open))));
  }
  return { open: text.length - open > MAX_HELD && !looks.isKeyOpen ? Math.max(open, lastToken) : open, spans };
}

/**
 * Where the pairs of a connection string begin, the last of which begins at `index`: `Server=db; Uid=jo; Pwd=…`. What
 * reads one asks whether a semicolon stands before it.
 */
function firstOfPairs(text: string, boundaries: readonly number[], index: number): number {
  let start = index;
  while (mayBePair(text, start)) {
    const end = beforeBlanks(text, start);
    if (end === start || text.charCodeAt(end - 1) !== SEMICOLON) break;
    start = tokenStart(text, boundaries, end - 1);
  }
  return start;
}

/** Whether the token that begins there has a sign between a name and a value, or may get one. */
function mayBePair(text: string, start: number): boolean {
  for (let at = start; at < text.length; at += 1) {
    if (text.charCodeAt(at) === EQUALS) return true;
    if (isIn(WHITESPACE, text.charCodeAt(at))) return false;
  }
  return true;
}

/**
 * Where that begins which a token at `index` is read with: the name of a member of JSON before its value, `"text": "…"`, or
 * the tab before a cell.
 */
function leadStart(text: string, boundaries: readonly number[], index: number): number {
  const end = beforeBlanks(text, index);
  if (end < index && text.startsWith('":', end - 2)) return tokenStart(text, boundaries, end - 1);
  return text.charCodeAt(index - 1) === TAB && !isIn(WHITESPACE, text.charCodeAt(index)) ? index - 1 : index;
}

function beforeBlanks(text: string, index: number): number {
  let end = index;
  while (index - end < MAX_PAIR_GAP && isIn(BLANK, text.charCodeAt(end - 1))) end -= 1;
  return end;
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
