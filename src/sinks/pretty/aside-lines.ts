import type { EntryOf } from './entry.ts';
import { clipLines } from './first-lines.ts';
import { countOf } from './format.ts';
import type { Line } from './spans.ts';
import type { Ink } from './theme.ts';

/** The lines of a subagent's text: its beginning, since what it found out comes back as its call's result. */
export function asideLines({ kind, text }: EntryOf<'text'> | EntryOf<'thinking'>): readonly Line[] {
  if (text.trim() === '') return [];
  const ink: Ink = kind === 'text' ? 'plain' : 'thought';
  const { lines, more } = clipLines(text.trim(), MOST);
  return [
    ...lines.map((line): Line => [[ink, line]]),
    ...(more === 0 ? [] : [[['dim', `… ${countOf(more, 'more line')}`]] satisfies Line]),
  ];
}

const MOST = 6;
