import type { Reader } from './reader.ts';
import type { Span } from './span.ts';

/** Where a part of a view comes from. */
interface Piece {
  /** Where it begins in the view. */
  readonly at: number;
  readonly length: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Text as it reads once something is taken off or undone: colours, escapes, a margin. It knows where each part of it
 * stands in the source, so that what is found in it can be masked there.
 */
export class View {
  text = '';
  readonly #source: string;
  readonly #pieces: Piece[] = [];

  constructor(reader: Reader) {
    this.#source = reader.text;
  }

  /** Adds source text as it is. */
  copy(start: number, end: number): void {
    if (end > start) this.put(this.#source.slice(start, end), start, end);
  }

  /** Adds `text`, which the source has in another form. */
  put(text: string, start: number, end: number): void {
    this.#pieces.push({ at: this.text.length, length: text.length, start, end });
    this.text += text;
  }

  /** Says that the source has the last `length` characters a second time. */
  repeat(length: number, start: number, end: number): void {
    this.#pieces.push({ at: this.text.length - length, length, start, end });
  }

  /** What is to be masked in the source for a span of the view: as many spans as lie apart there. */
  spansInSource({ kind, start, end, secret = this.text.slice(start, end) }: Span): Span[] {
    const ranges: { start: number; end: number }[] = [];
    for (const piece of this.#pieces) {
      const from = Math.max(start, piece.at);
      const to = Math.min(end, piece.at + piece.length);
      if (from >= to) continue;
      const isPlain = piece.end - piece.start === piece.length;
      ranges.push({
        start: isPlain ? piece.start + from - piece.at : piece.start,
        end: isPlain ? piece.start + to - piece.at : piece.end,
      });
    }
    return merged(ranges, this.#source).map((range) => ({ kind, ...range, secret }));
  }
}

/** Ranges in order; those that touch, or have one blank between them, are one. */
function merged(ranges: { start: number; end: number }[], source: string): { start: number; end: number }[] {
  const all: { start: number; end: number }[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    const gap = last === undefined ? -1 : range.start - last.end;
    if (last !== undefined && (gap <= 0 || (gap === 1 && source[last.end] === ' ')))
      last.end = Math.max(last.end, range.end);
    else all.push({ ...range });
  }
  return all;
}
