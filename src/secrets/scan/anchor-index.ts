import { AnchorLists, type FixedLists } from './anchor-lists.ts';
import { Familiar } from './familiar.ts';
import { AnchorFinder, LiteralFinder, type Finder } from './finder.ts';
import { foldCase } from './reader.ts';
import { shareOf, tripleAt } from './signature.ts';
import type { Anchor } from './span.ts';
import { Block } from './block.ts';

/** What may stand near a position: it begins `offset` characters after it, or before it where negative. */
export interface Candidate {
  readonly finder: Finder;
  readonly offset: number;
  /** A character to look at first, as seen from the position, and its code, in lower case unless it is exact; 0 for none. */
  readonly probe: number;
  readonly probeCode: number;
  readonly exact: boolean;
}

/** An index to look at, or to begin another one from. */
export interface FixedIndex {
  readonly lists: Readonly<Record<ListName, FixedLists<Candidate>>>;
  /** How far behind a position an anchor seen from it may begin. */
  readonly furthest: number;
  /** The length of the longest anchor. */
  readonly longest: number;
}

/** The lists of an index, and of how many bits their numbers are. */
export const LIST_BITS = { windows: 20, firstTriples: 15, lastTriples: 15, heads: 15 } as const;

export type ListName = keyof typeof LIST_BITS;

const NOTHING: readonly Candidate[] = [];
const TRIPLE_BITS = LIST_BITS.firstTriples;
const LAST_TRIPLE = 2 ** TRIPLE_BITS - 1;

/**
 * Finds anchors by looking at every second position only, at four characters there, by the low five bits of each:
 * which folds letter case. Whichever way an anchor falls, of two neighbouring windows on it one stands at a sampled
 * position, so it is entered under the two that ordinary text has least. A short anchor does not fill its windows:
 * it is entered under the three characters at either end of one, whatever the fourth is.
 */
export class AnchorIndex implements FixedIndex {
  readonly lists: Readonly<Record<ListName, AnchorLists<Candidate>>>;
  #block: Block | undefined;
  #familiar: Familiar | undefined;
  #literals: AnchorLists<Candidate> | undefined;
  furthest: number;
  longest: number;

  /** An index of nothing, or of what another one has, which must not be added to any more. */
  constructor(base?: FixedIndex) {
    const listsOf = (name: ListName) => new AnchorLists(base === undefined ? LIST_BITS[name] : base.lists[name]);
    this.lists = {
      windows: listsOf('windows'),
      firstTriples: listsOf('firstTriples'),
      lastTriples: listsOf('lastTriples'),
      heads: listsOf('heads'),
    };
    this.furthest = base?.furthest ?? 0;
    this.longest = base?.longest ?? 3;
  }

  /** A bit for each window that some anchor may be seen through. */
  get windows(): Uint32Array {
    return this.lists.windows.bits;
  }

  /** What looks through a stretch of text. */
  get block(): Block {
    return (this.#block ??= new Block(this));
  }

  /** What led to nothing so far. */
  get familiar(): Familiar {
    return (this.#familiar ??= new Familiar());
  }

  /** Adds an anchor of at least three characters. */
  add(anchor: Anchor): void {
    const { text } = anchor;
    const { windows, firstTriples, lastTriples, heads } = this.lists;
    const finder = anchor.isLiteral === true ? null : new AnchorFinder(anchor);
    const first = tripleAt(text, 0);
    this.longest = Math.max(this.longest, text.length);
    this.#block = undefined;
    this.#familiar = undefined;
    enter(heads, first, anchor, finder, 0);
    if (finder === null) enterLiteral((this.#literals ??= new AnchorLists(TRIPLE_BITS)), first, anchor, 0);
    if (text.length > 4) {
      const start = rarestPair(text);
      enter(windows, windowAt(text, start), anchor, finder, 0 - start);
      enter(windows, windowAt(text, start + 1), anchor, finder, -start - 1);
      this.furthest = Math.max(this.furthest, start + 1);
      return;
    }
    if (text.length === 4) enter(windows, windowAt(text, 0), anchor, finder, 0);
    else enter(firstTriples, first, anchor, finder, 0);
    enter(lastTriples, first, anchor, finder, 1);
    for (let code = 0; code < 32; code += 1) {
      if (text.length === 3) windows.mark(windowOf(first, code));
      windows.mark((code << TRIPLE_BITS) | first);
    }
  }

  /** The anchors that may stand near a sampled position with this window, those that begin first coming first. */
  candidates(window: number): readonly Candidate[] {
    const { windows, firstTriples, lastTriples } = this.lists;
    const all = windows.at(window).concat(firstTriples.at(window >>> 5), lastTriples.at(window & LAST_TRIPLE));
    return all.length === 1 ? all : all.sort(order);
  }

  /** The anchors that may begin at a position, the longest first. */
  heads(text: string, position: number): readonly Candidate[] {
    return this.lists.heads.at(tripleAt(text, position));
  }

  /** Whether some are secrets as they stand. */
  get hasLiterals(): boolean {
    return this.#literals !== undefined;
  }

  /** Those of them that are. */
  literals(text: string, position: number): readonly Candidate[] {
    return this.#literals?.at(tripleAt(text, position)) ?? NOTHING;
  }
}

function enter(
  lists: AnchorLists<Candidate>,
  number: number,
  anchor: Anchor,
  finder: AnchorFinder | null,
  offset: number,
): void {
  if (finder === null) enterLiteral(lists, number, anchor, offset);
  else lists.enter(number, candidateOf(finder, offset), isEarlier);
}

function enterLiteral(lists: AnchorLists<Candidate>, number: number, anchor: Anchor, offset: number): void {
  for (const { finder, offset: other } of lists.at(number)) {
    if (finder instanceof LiteralFinder && other === offset && finder.length === anchor.text.length) {
      return finder.add(anchor);
    }
  }
  lists.enter(number, { finder: new LiteralFinder(anchor), offset, probe: 0, probeCode: 0, exact: true }, isEarlier);
}

/** The anchor that a candidate is, if it stands where the candidate says. */
export function anchorNear(
  { finder, offset, probe, probeCode, exact }: Candidate,
  text: string,
  position: number,
): Anchor | undefined {
  if (probeCode > 0) {
    const code = text.charCodeAt(position + probe);
    if ((exact ? code : foldCase(code)) !== probeCode) return undefined;
  }
  return finder.at(text, position + offset);
}

/** What a finder of one anchor looks for `offset` characters after a position. */
export function candidateOf(finder: AnchorFinder, offset: number): Candidate {
  const { text, exact } = finder.anchor;
  // The window vouches for four characters: the end that is further from them tells most, as words are known by less.
  const last = text.length - 1;
  const probe = last + offset - 3 > -offset ? last : 0;
  return { finder, offset, probe: probe + offset, probeCode: text.charCodeAt(probe), exact };
}

function windowOf(triple: number, last: number): number {
  return (triple << 5) | (last & 31);
}

/** The window of the four characters at `position` of an anchor. */
function windowAt(text: string, position: number): number {
  return windowOf(tripleAt(text, position), text.charCodeAt(position + 3));
}

/** Where the two neighbouring windows begin that ordinary text has least. */
function rarestPair(text: string): number {
  let rarest = 0;
  let least = Infinity;
  // Four characters are as rare as the rarer three of them, at least.
  let middle = shareOf(tripleAt(text, 1));
  let left = Math.min(shareOf(tripleAt(text, 0)), middle);
  for (let at = 0; at + 5 <= text.length; at += 1) {
    const next = shareOf(tripleAt(text, at + 2));
    const right = Math.min(middle, next);
    if (left + right < least) {
      rarest = at;
      least = left + right;
    }
    left = right;
    middle = next;
  }
  return rarest;
}

function isEarlier(a: Candidate, b: Candidate): boolean {
  return order(a, b) < 0;
}

function order(a: Candidate, b: Candidate): number {
  return a.offset - b.offset || b.finder.length - a.finder.length;
}
