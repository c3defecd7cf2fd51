import { foldCase } from './reader.ts';
import type { Anchor } from './span.ts';

/** An anchor as seen from a sampled position: it begins `offset` characters after it. */
export interface Candidate {
  readonly anchor: Anchor;
  readonly offset: -1 | 0 | 1;
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
    this.#enter(signatureOf(first, second, third), { anchor, offset: 0 });
    if (text.length > 3) this.#enter(signatureOf(second, third, text.charCodeAt(3)), { anchor, offset: -1 });
    else for (let any = 0; any < 32; any += 1) this.#enter(signatureOf(any, first, second), { anchor, offset: 1 });
  }

  /** The anchors that may stand at or next to a position with this signature, those that begin first coming first. */
  candidates(signature: number): readonly Candidate[] {
    return this.#lists[this.filter[signature] ?? 0] ?? NO_CANDIDATES;
  }

  #enter(signature: number, candidate: Candidate): void {
    const candidates = [...this.candidates(signature), candidate].toSorted(
      (a, b) => a.offset - b.offset || b.anchor.text.length - a.anchor.text.length,
    );
    const list = this.filter[signature] || this.#lists.length;
    this.filter[signature] = list;
    this.#lists[list] = candidates;
  }
}

/** How an anchor compares with the text at `start`: it stands there, it does not, or the text ends within it. */
export function compareAnchor(anchor: Anchor, text: string, start: number): 'stands' | 'differs' | 'cut' {
  for (let offset = 0; offset < anchor.text.length; offset += 1) {
    if (start + offset >= text.length) return 'cut';
    const code = text.charCodeAt(start + offset);
    if ((anchor.exact ? code : foldCase(code)) !== anchor.text.charCodeAt(offset)) return 'differs';
  }
  return 'stands';
}
