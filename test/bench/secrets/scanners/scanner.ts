/** Something that finds secrets in texts. */
export interface Scanner {
  readonly name: string;
  /** The texts in their order, with what was found in them masked. */
  mask(texts: readonly string[]): Promise<string[]>;
}

/** A text with parts of it masked, which may overlap. */
export function maskRanges(text: string, ranges: readonly (readonly [start: number, end: number])[]): string {
  let masked = '';
  let copied = 0;
  for (const [start, end] of ranges.toSorted(([a], [b]) => a - b)) {
    if (end <= copied) continue;
    masked += `${text.slice(copied, start)}[…]`;
    copied = end;
  }
  return masked + text.slice(copied);
}
