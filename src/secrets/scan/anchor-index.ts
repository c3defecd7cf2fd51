import { foldCase } from './reader.ts';
import type { Anchor } from './span.ts';

/** An anchor as seen from a sampled position: it begins `offset` characters after it. */
export interface Candidate {
  readonly anchor: Anchor;
  readonly offset: -1 | 0 | 1;
  /** Where the anchor is most likely to differ, and its character there in lower case: what to look at first. */
  readonly probe: number;
  readonly probeCode: number;
}

const SIGNATURES = 1 << 15;
const NO_CANDIDATES: readonly Candidate[] = [];

/**
 * The signature of three characters: the low five bits of each, which folds letter case and fits 15 bits. Different
 * triples share one; it only has to be rare in ordinary text.
 */
export function signatureOf(first: number, second: number, third: number): number {
  return ((first & 31) << 10) | ((second & 31) << 5) | (third & 31);
}

/**
 * Finds anchors by looking at every second position only. Whichever way an anchor falls, three of its characters
 * stand at a sampled position, so each anchor is entered under the triple at its start and the one after it; an
 * anchor of three characters, where that one runs over, is entered under every character that may stand before it.
 */
export class AnchorIndex {
  /** For each signature the number of its list of candidates; 0 for most: 64 KiB that the hot loop looks at. */
  readonly filter = new Uint16Array(SIGNATURES);
  readonly #lists: (readonly Candidate[])[] = [NO_CANDIDATES];

  /** Adds an anchor of at least three characters. */
  add(anchor: Anchor): void {
    const { text } = anchor;
    const [first, second, third] = [text.charCodeAt(0), text.charCodeAt(1), text.charCodeAt(2)];
    this.#enter(signatureOf(first, second, third), candidate(anchor, 0));
    if (text.length > 3) this.#enter(signatureOf(second, third, text.charCodeAt(3)), candidate(anchor, -1));
    else for (let any = 0; any < 32; any += 1) this.#enter(signatureOf(any, first, second), candidate(anchor, 1));
  }

  /** The anchors that may stand at or next to a position with this signature, those that begin first coming first. */
  candidates(signature: number): readonly Candidate[] {
    return this.#lists[this.filter[signature] ?? 0] ?? NO_CANDIDATES;
  }

  #enter(signature: number, entered: Candidate): void {
    const candidates = [...this.candidates(signature), entered].toSorted(
      (a, b) => a.offset - b.offset || b.anchor.text.length - a.anchor.text.length,
    );
    const list = this.filter[signature] || this.#lists.length;
    this.filter[signature] = list;
    this.#lists[list] = candidates;
  }
}

function candidate(anchor: Anchor, offset: Candidate['offset']): Candidate {
  // The signature vouches for three characters, and many anchors begin alike.
  const probe = offset === -1 ? 0 : anchor.text.length - 1;
  return { anchor, offset, probe, probeCode: foldCase(anchor.text.charCodeAt(probe)) };
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
