import { AnchorLists } from './anchor-lists.ts';
import { foldCase } from './reader.ts';
import { shareOf, tripleAt } from './signature.ts';
import type { Anchor } from './span.ts';

/** An anchor as seen from a sampled position: it begins `offset` characters after it, or before it where negative. */
export interface Candidate {
  readonly anchor: Anchor;
  readonly offset: number;
}

const WINDOW_BITS = 20;
const TRIPLE_BITS = 15;
/** Every value of a character's low five bits. */
const ANY = Array.from({ length: 32 }, (_, code) => code);

/**
 * Finds anchors by looking at every second position only, at four characters there, by the low five bits of each:
 * which folds letter case. Whichever way an anchor falls, of two neighbouring windows on it one stands at a sampled
 * position, so it is entered under the two that ordinary text has least. A short anchor does not fill its windows:
 * it is entered with every character that may stand beside it.
 */
export class AnchorIndex {
  readonly #windows: AnchorLists<Candidate>;
  readonly #heads: AnchorLists<Anchor>;
  /** How far behind a position an anchor seen from it may begin. */
  furthest: number;
  /** The length of the longest anchor. */
  longest: number;

  /** An index of nothing, or of what another one has, which must not be added to any more. */
  constructor(base?: AnchorIndex) {
    this.#windows = new AnchorLists(base === undefined ? WINDOW_BITS : base.#windows);
    this.#heads = new AnchorLists(base === undefined ? TRIPLE_BITS : base.#heads);
    this.furthest = base?.furthest ?? 0;
    this.longest = base?.longest ?? 3;
  }

  /** A bit for each window that some anchor may be seen through. */
  get windows(): Uint32Array {
    return this.#windows.bits;
  }

  /** Adds an anchor of at least three characters. */
  add(anchor: Anchor): void {
    const { text } = anchor;
    this.longest = Math.max(this.longest, text.length);
    this.#heads.enter(tripleAt(text, 0), anchor, isLonger);
    if (text.length > 4) {
      const at = rarestPair(text);
      for (const offset of [at, at + 1])
        this.#enter(windowOf(tripleAt(text, offset), text.charCodeAt(offset + 3)), anchor, -offset);
      return;
    }
    const last = text.charCodeAt(3);
    for (const any of text.length === 4 ? [last] : ANY) this.#enter(windowOf(tripleAt(text, 0), any), anchor, 0);
    for (const any of ANY) this.#enter((any << TRIPLE_BITS) | tripleAt(text, 0), anchor, 1);
  }

  /** Whether an anchor stands near a sampled position with this window. */
  standsNear(window: number, text: string, position: number): boolean {
    for (const { anchor, offset } of this.#windows.at(window)) {
      if (compareAnchor(anchor, text, position + offset) === 'stands') return true;
    }
    return false;
  }

  /** The anchors that may stand near a sampled position with this window, those that begin first coming first. */
  candidates(window: number): readonly Candidate[] {
    return this.#windows.at(window);
  }

  /** The anchors that may begin at a position, the longest first. */
  heads(text: string, position: number): readonly Anchor[] {
    const triple = tripleAt(text, position);
    return this.#heads.has(triple) ? this.#heads.at(triple) : NONE;
  }

  #enter(window: number, anchor: Anchor, offset: number): void {
    this.furthest = Math.max(this.furthest, -offset);
    this.#windows.enter(window, { anchor, offset }, isEarlier);
  }
}

const NONE: readonly never[] = [];

function windowOf(triple: number, last: number): number {
  return (triple << 5) | (last & 31);
}

/** The window of the four characters at `position`; behind the text stands nothing. */
export function windowAt(text: string, position: number): number {
  return windowOf(tripleAt(text, position), text.charCodeAt(position + 3));
}

/** Where the two neighbouring windows begin that ordinary text has least. */
function rarestPair(text: string): number {
  let rarest = 0;
  let least = Infinity;
  for (let at = 0; at + 5 <= text.length; at += 1) {
    // Four characters are as rare as the rarer three of them, at least.
    const shares = [at, at + 1, at + 2].map((start) => shareOf(tripleAt(text, start)));
    const share = Math.min(shares[0] ?? 0, shares[1] ?? 0) + Math.min(shares[1] ?? 0, shares[2] ?? 0);
    if (share < least) [rarest, least] = [at, share];
  }
  return rarest;
}

function isEarlier(a: Candidate, b: Candidate): boolean {
  return a.offset < b.offset || (a.offset === b.offset && isLonger(a.anchor, b.anchor));
}

function isLonger(a: Anchor, b: Anchor): boolean {
  return a.text.length > b.text.length;
}

/** How an anchor compares with the text at `start`: it stands there, it does not, or the text ends within it. */
export function compareAnchor(
  { text: anchor, exact }: Anchor,
  text: string,
  start: number,
): 'stands' | 'differs' | 'cut' {
  if (start < 0) return 'differs';
  const isCut = start + anchor.length > text.length;
  // From its end: many anchors begin alike.
  for (let offset = (isCut ? text.length - start : anchor.length) - 1; offset >= 0; offset -= 1) {
    const code = text.charCodeAt(start + offset);
    if ((exact ? code : foldCase(code)) !== anchor.charCodeAt(offset)) return 'differs';
  }
  return isCut ? 'cut' : 'stands';
}
