import { neutralise } from '../neutralise.ts';
import { cut, widthOf } from './clip.ts';
import type { Ink, Paint } from './theme.ts';

/** A stretch of one line. Its text may be foreign: it is made safe, and flat, when it is rendered. */
type Span = readonly [ink: Ink, text: string];

/** One line yet to be rendered. */
export type Line = readonly Span[];

/** Renders one line, clipped to so many columns with an ellipsis. Line breaks inside become `↵`. */
export function renderLine(line: Line, columns: number, paint: Paint): string {
  const spans = line.map(([ink, text]): Span => [ink, flatten(text, columns)]);
  const width = spans.reduce((sum, [, text]) => sum + widthOf(text), 0);
  return (width <= columns ? spans : clipSpans(spans, columns)).map(([ink, text]) => paint(ink, text)).join('');
}

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

/** On one line, and not much longer than could be shown: a tool's input may be megabytes. */
function flatten(text: string, columns: number): string {
  const most = columns * 4 + 64;
  const short = text.length > most ? `${text.slice(0, most)}…` : text;
  return neutralise(short)
    .replace(/\s*\n\s*$/, '')
    .replaceAll(/\s*\n\s*/g, ' ↵ ')
    .replaceAll('\t', '  ');
}
