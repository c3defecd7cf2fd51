import { neutralise } from '../safe-text.ts';
import type { EntryOf } from './entry.ts';
import { countOf } from './format.ts';
import { createInkFlow } from './ink-flow.ts';
import { createMarkdownFlow } from './markdown/markdown-flow.ts';
import type { Paint } from './theme.ts';

/** The lines of a subagent's text: its beginning, since what it found out comes back as its call's result. */
export function asideLines(
  { kind, text }: EntryOf<'text'> | EntryOf<'thinking'>,
  columns: number,
  paint: Paint,
): readonly string[] {
  const width = (): number => columns;
  const flow = kind === 'text' ? createMarkdownFlow(paint, width) : createInkFlow('thought', paint, width);
  const lines = [...flow.push(neutralise(text)), ...flow.end()];
  const more = lines.length - MOST;
  // One line more rather than a line that says so.
  return more <= 1 ? lines : [...lines.slice(0, MOST), paint('dim', `… ${countOf(more, 'more line')}`)];
}

const MOST = 6;
