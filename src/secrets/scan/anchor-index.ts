import { rarityOf, signatureOf } from './signature.ts';
import { foldCase } from './reader.ts';
import type { Anchor } from './span.ts';

/** An anchor as seen from a sampled position: it begins `offset` characters after it, or before it where negative. */
export interface Candidate {
  readonly anchor: Anchor;
  readonly offset: number;
  /** Where the anchor is most likely to differ, and its character there in lower case: what to look at first. */
  readonly probe: number;
  readonly probeCode: number;
}

const SIGNATURES = 1 << 15;
const NONE: readonly never[] = [];

/** Lists by signature, with a filter that tells at once that there is none. */
class Buckets<Entry> {
  /** For each signature the number of its list; 0 for most: 64 KiB that a hot loop looks at. */
  readonly filter: Uint16Array;
  readonly #lists: (readonly Entry[])[];

  constructor(like?: Buckets<Entry>) {
    this.filter = like?.filter.slice() ?? new Uint16Array(SIGNATURES);
    this.#lists = like === undefined ? [NONE] : [...like.#lists];
  }

  at(signature: number): readonly Entry[] {
    return this.#lists[this.filter[signature] ?? 0] ?? NONE;
  }

  enter(signature: number, entry: Entry, order: (a: Entry, b: Entry) => number): void {
    const list = this.filter[signature] || this.#lists.length;
    // A list of its own: another index may share this one.
    const entries = [...this.at(signature)];
    const later = entries.findIndex((other) => order(other, entry) > 0);
    entries.splice(later < 0 ? entries.length : later, 0, entry);
    this.filter[signature] = list;
    this.#lists[list] = entries;
  }
}

/**
 * Finds anchors by looking at every second position only. Whichever way an anchor falls, of two neighbouring triples of
 * its characters one stands at a sampled position: it is entered under the two that ordinary text has least. An anchor
 * of three characters has but one; where that falls between samples it is found by two of them and any third.
 */
export class AnchorIndex {
  readonly #samples: Buckets<Candidate>;
  readonly #heads: Buckets<Anchor>;
  /** How far behind a position an anchor seen from it may begin. */
  furthest: number;
  /** The length of the longest anchor. */
  longest: number;

  /** An index of nothing, or of what another one has. */
  constructor(like?: AnchorIndex) {
    this.#samples = new Buckets(like === undefined ? undefined : like.#samples);
    this.#heads = new Buckets(like === undefined ? undefined : like.#heads);
    this.furthest = like?.furthest ?? 1;
    this.longest = like?.longest ?? 3;
  }

  /** For each signature whether some anchor may stand near a sample that has it: not 0. */
  get filter(): Uint16Array {
    return this.#samples.filter;
  }

  /** Adds an anchor of at least three characters. */
  add(anchor: Anchor): void {
    const { text } = anchor;
    this.longest = Math.max(this.longest, text.length);
    this.#heads.enter(tripleOf(text, 0), anchor, longestFirst);
    if (text.length === 3) {
      this.#enter(tripleOf(text, 0), anchor, 0);
      const [first, second, third] = [text.charCodeAt(0), text.charCodeAt(1), text.charCodeAt(2)];
      const endsRarer = rarityOf(second) + rarityOf(third) > rarityOf(first) + rarityOf(second);
      for (let any = 0; any < 32; any += 1) {
        if (endsRarer) this.#enter(signatureOf(second, third, any), anchor, -1);
        else this.#enter(signatureOf(any, first, second), anchor, 1);
      }
    } else {
      const at = this.#rarestPair(text);
      this.#enter(tripleOf(text, at), anchor, -at);
      this.#enter(tripleOf(text, at + 1), anchor, -at - 1);
    }
  }

  /** The anchors that may stand near a sampled position with this signature, those that begin first coming first. */
  candidates(signature: number): readonly Candidate[] {
    return this.#samples.at(signature);
  }

  /** The anchors that may begin at a position with this signature, the longest first. */
  heads(signature: number): readonly Anchor[] {
    return this.#heads.at(signature);
  }

  /** Where the two neighbouring triples begin that cost least: ordinary text has few of them, or they are in already. */
  #rarestPair(text: string): number {
    // What a stream holds back is told by how an anchor begins, unless it lies within one token.
    if (/\s/.test(text)) return 0;
    let rarest = 0;
    let least = Infinity;
    for (let at = 0; at + 4 <= text.length; at += 1) {
      const cost = this.#costOf(text, at) + this.#costOf(text, at + 1);
      if (cost < least) [rarest, least] = [at, cost];
    }
    return rarest;
  }

  #costOf(text: string, at: number): number {
    return this.filter[tripleOf(text, at)] === 0 ? 2 ** (-rarityOfTriple(text, at) / 2) : 0;
  }

  #enter(signature: number, anchor: Anchor, offset: number): void {
    this.furthest = Math.max(this.furthest, -offset);
    this.#samples.enter(signature, candidate(anchor, offset), firstFirst);
  }
}

function rarityOfTriple(text: string, at: number): number {
  return rarityOf(text.charCodeAt(at)) + rarityOf(text.charCodeAt(at + 1)) + rarityOf(text.charCodeAt(at + 2));
}

function tripleOf(text: string, at: number): number {
  return signatureOf(text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2));
}

function candidate(anchor: Anchor, offset: number): Candidate {
  // The signature vouches for three characters, and many anchors begin alike.
  const probe = offset < 0 ? 0 : anchor.text.length - 1;
  return { anchor, offset, probe, probeCode: foldCase(anchor.text.charCodeAt(probe)) };
}

function firstFirst(a: Candidate, b: Candidate): number {
  return a.offset - b.offset || longestFirst(a.anchor, b.anchor);
}

function longestFirst(a: Anchor, b: Anchor): number {
  return b.text.length - a.text.length;
}

/** How an anchor compares with the text at `start`: it stands there, it does not, or the text ends within it. */
export function compareAnchor(
  { text: anchor, exact }: Anchor,
  text: string,
  start: number,
): 'stands' | 'differs' | 'cut' {
  const isCut = start + anchor.length > text.length;
  // From its end: many anchors begin alike.
  for (let offset = (isCut ? text.length - start : anchor.length) - 1; offset >= 0; offset -= 1) {
    const code = text.charCodeAt(start + offset);
    if ((exact ? code : foldCase(code)) !== anchor.charCodeAt(offset)) return 'differs';
  }
  return isCut ? 'cut' : 'stands';
}
