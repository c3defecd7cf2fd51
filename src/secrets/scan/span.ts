import type { Reader } from './reader.ts';

/** A stretch of text that a parser recognised, `end` exclusive. */
export interface Span {
  /** What kind of secret it is; {@link KEPT} for what is to be stepped over and left as it is. */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  /** The secret itself, where the text holds it in another form; the text of the span otherwise. */
  readonly secret?: string;
}

/** The kind of a span that stays: a placeholder of an earlier pass. */
export const KEPT = '';

/**
 * A parser is called where one of its anchors stands, at `start` to `end`. It looks left no further than the
 * whitespace before the anchor, looks right a bounded way, and tells what it recognised, in order.
 */
export type Parse = (reader: Reader, start: number, end: number) => Span | readonly Span[] | undefined;

/** A string worth stopping at: at least three characters and, unless it is a literal, without whitespace. */
export interface Anchor {
  readonly text: string;
  /** False: ASCII letters match in either case, and `text` is lower case. */
  readonly exact: boolean;
  readonly parse: Parse;
  /** Whether all that stands at `start` was read before, with what stands around it, so that nothing more is found there. */
  readonly wasRead?: (reader: Reader, start: number) => boolean;
  /** Whether it is a secret as it stands, to be masked wherever it is, in the middle of a word too. */
  readonly isLiteral?: boolean;
  /** Whether it is but the name of a service, which texts also list. */
  readonly isService?: boolean;
}

/** An anchor: `text`, in lower case unless it is to match exactly, and what looks on from there. */
export function anchorAt(text: string, parse: Parse, exact = false): Anchor {
  return { text, exact, parse };
}
