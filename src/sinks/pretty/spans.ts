import { cut, widthOf } from './clip.ts';
import { flatten } from './flatten.ts';
import type { Ink, Paint } from './theme.ts';
import { hang, wrapWords } from './wrap.ts';

/** A stretch of one line. Its text may be foreign: it is made safe, and flat, when it is rendered. */
type Span = readonly [ink: Ink, text: string];

/** One line yet to be rendered. */
export type StyledLine = readonly Span[];

/** Renders one line, clipped to so many columns with an ellipsis. Line breaks inside become `↵`. */
export function renderLine(line: StyledLine, columns: number, paint: Paint): string {
  const spans = line.map(([ink, text]): Span => [ink, flatten(text, columns * 4 + 64)]);
  const width = spans.reduce((sum, [, text]) => sum + widthOf(text), 0);
  return (width <= columns ? spans : clipSpans(spans, columns)).map(([ink, text]) => paint(ink, text)).join('');
}

/** Renders one line, wrapped at its words behind its first span, which is a mark. */
export function wrapLine(
  [mark = ['plain', ''], ...spans]: StyledLine,
  columns: number,
  paint: Paint,
): readonly string[] {
  const [ink, sign] = mark;
  const text = spans.map(([inkOfSpan, piece]) => paint(inkOfSpan, flatten(piece, MOST_TO_WRAP))).join('');
  const width = widthOf(sign);
  return hang(wrapWords(text, columns - width), paint(ink, sign), ' '.repeat(width));
}

/** A message that is longer is no message. */
const MOST_TO_WRAP = 4000;

function clipSpans(spans: readonly Span[], columns: number): readonly Span[] {
  const kept: Span[] = [];
  let room = columns - 1;
  for (const [ink, text] of spans) {
    const width = widthOf(text);
    if (width > room) return [...kept, [ink, room < 0 ? '' : `${cut(text, room)}…`]];
    kept.push([ink, text]);
    room -= width;
  }
  return kept;
}
