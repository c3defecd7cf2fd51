import { AnchorLists } from './anchor-lists.ts';
import { AnchorFinder, LiteralFinder, type Finder } from './finder.ts';
import { foldCase } from './reader.ts';
import { shareOf, tripleAt } from './signature.ts';
import type { Anchor } from './span.ts';

/** What may stand near a position: it begins `offset` characters after it, or before it where negative. */
export interface Candidate {
  readonly finder: Finder;
  readonly offset: number;
  /** A character to look at first, as seen from the position, and its code in lower case; 0 for none. */
  readonly probe: number;
  readonly probeCode: number;
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
  readonly #heads: AnchorLists<Candidate>;
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
    const finder = anchor.isLiteral === true ? null : new AnchorFinder(anchor);
    enter(this.#heads, [tripleAt(text, 0)], anchor, finder, 0);
    for (const { offset, windows } of viewsOf(text)) {
      this.furthest = Math.max(this.furthest, -offset);
      enter(this.#windows, windows, anchor, finder, offset);
    }
  }

  /** Whether an anchor stands near a sampled position with this window. */
  standsNear(window: number, text: string, position: number): boolean {
    for (const candidate of this.#windows.at(window)) if (anchorNear(candidate, text, position)) return true;
    return false;
  }

  /** The anchors that may stand near a sampled position with this window, those that begin first coming first. */
  candidates(window: number): readonly Candidate[] {
    return this.#windows.at(window);
  }

  /** The anchors that may begin at a position, the longest first. */
  heads(text: string, position: number): readonly Candidate[] {
    return this.#heads.at(tripleAt(text, position));
  }
}

function enter(
  lists: AnchorLists<Candidate>,
  numbers: readonly number[],
  anchor: Anchor,
  finder: Finder | null,
  offset: number,
): void {
  const entry = finder === null ? null : candidate(anchor, finder, offset);
  for (const number of numbers) {
    if (entry !== null) lists.enter(number, entry, isEarlier);
    else enterLiteral(lists, number, anchor, offset);
  }
}

function enterLiteral(lists: AnchorLists<Candidate>, number: number, anchor: Anchor, offset: number): void {
  for (const { finder, offset: other } of lists.at(number)) {
    if (finder instanceof LiteralFinder && other === offset && finder.length === anchor.text.length) {
      return finder.add(anchor);
    }
  }
  lists.enter(number, { finder: new LiteralFinder(anchor), offset, probe: 0, probeCode: 0 }, isEarlier);
}

/** The anchor that a candidate is, if it stands where the candidate says. */
export function anchorNear(
  { finder, offset, probe, probeCode }: Candidate,
  text: string,
  position: number,
): Anchor | undefined {
  if (probeCode > 0 && foldCase(text.charCodeAt(position + probe)) !== probeCode) return undefined;
  return finder.at(text, position + offset);
}

function candidate({ text }: Anchor, finder: Finder, offset: number): Candidate {
  // The window vouches for four characters: the one behind them tells most, or else the one before them.
  const behind = 4 - offset;
  const probe = behind < text.length ? behind : Math.max(0, -offset - 1);
  return { finder, offset, probe: probe + offset, probeCode: foldCase(text.charCodeAt(probe)) };
}

/** Where an anchor begins as seen from a sample, and the windows that such a sample may have. */
interface View {
  readonly offset: number;
  readonly windows: readonly number[];
}

function viewsOf(text: string): readonly View[] {
  if (text.length > 4) {
    const at = rarestPair(text);
    return [at, at + 1].map((start) => ({ offset: -start, windows: [windowAt(text, start)] }));
  }
  const first = tripleAt(text, 0);
  return [
    { offset: 0, windows: text.length === 4 ? [windowAt(text, 0)] : ANY.map((code) => windowOf(first, code)) },
    { offset: 1, windows: ANY.map((code) => (code << TRIPLE_BITS) | first) },
  ];
}

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
    const middle = shareOf(tripleAt(text, at + 1));
    const left = Math.min(shareOf(tripleAt(text, at)), middle);
    const share = left + Math.min(middle, shareOf(tripleAt(text, at + 2)));
    if (share >= least) continue;
    rarest = at;
    least = share;
  }
  return rarest;
}

function isEarlier(a: Candidate, b: Candidate): boolean {
  return a.offset < b.offset || (a.offset === b.offset && a.finder.length > b.finder.length);
}
