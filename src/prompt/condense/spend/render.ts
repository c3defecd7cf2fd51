import { createHash } from 'node:crypto';
import type { Kind } from '../mine/parse-tree.ts';
import { type Gap, mostOf } from './gap.ts';
import type { Selection } from './select.ts';
import type { Count } from './tally.ts';
import { shorten } from '../../../shorten.ts';

/** What there is to tell of a log as a whole. */
export interface Overview {
  readonly lines: number;
  readonly characters: number;
  readonly counts: ReadonlyMap<Kind, Count>;
  /** How many parts of each {@link Count.parts} were used. */
  readonly parts: number;
}

/** So many kinds are listed at most. */
const MOST_LISTED = 40;

/** The share of the budget that the list has at most: of a small one, lines are to come too. */
const LISTED = 0.25;

/** Longer templates are cut, in the list and in markers. */
const LONGEST_LISTED = 160;
const LONGEST_IN_MARKER = 70;

/**
 * Writes a condensed log: what it is, its most frequent kinds of lines, and what was kept with a marker for each gap.
 * @param budget characters that there may be
 */
export function render({ records, after }: Selection, overview: Overview, budget: number): string {
  const mark = markOf(records.map(({ text }) => text));
  const out: string[] = [
    introduction(overview, keptIn({ records, after }), mark),
    ...list(overview, mark, budget * LISTED),
  ];
  let next = 1;
  for (const { gap, line, lines, text } of records) {
    if (gap.lines > 0) out.push(marker(gap, next, mark));
    out.push(text);
    next = line + lines;
  }
  if (after.lines > 0) out.push(marker(after, next, mark));
  return `${out.join('\n')}\n`;
}

export function keptIn({ records }: Selection): number {
  return records.reduce((sum, { lines }) => sum + lines, 0);
}

/** What marks a line as ours. No line of the log can hold it: it is taken from a digest of all of them. */
function markOf(texts: readonly string[]): string {
  const digest = createHash('sha256');
  for (const text of texts) digest.update(text).update('\n');
  return `[sluice ${digest.digest('hex').slice(0, 8)}]`;
}

function introduction({ lines, characters }: Overview, kept: number, mark: string): string {
  return (
    `${mark} This log was too long and is condensed: ${kept} of its ${lines} lines are here (${characters} characters ` +
    'in all), as they are and in order. Lines that begin with this mark are no part of it.'
  );
}

/** The kinds of which there are most, each with its rate: a digit for each part of the log, 9 for its largest. */
function list({ counts, parts, lines: all }: Overview, mark: string, room: number): string[] {
  const most = [...counts]
    .filter(([, { lines }]) => lines > Math.max(1, all / 1000))
    .toSorted(([, one], [, other]) => other.lines - one.lines);
  const rows: string[] = [];
  let left = room;
  for (const [kind, { lines, first, last, parts: rates }] of most.slice(0, MOST_LISTED)) {
    const rate = Array.from(rates.subarray(0, parts));
    const largest = Math.max(...rate, 1);
    const digits = rate.map((part) => Math.ceil((part / largest) * 9)).join('');
    const row = `${mark} ${lines} × ${shorten(textOf(kind), LONGEST_LISTED)} (lines ${first}–${last}; ${digits})`;
    left -= row.length + 1;
    if (left < 0) break;
    rows.push(row);
  }
  if (rows.length === 0) return [];
  const heading = `${mark} Its most frequent kinds of lines, of ${counts.size}: how many, what, where; how many in each ${parts}th of the log, 9 the most.`;
  return [heading, ...rows];
}

function marker(gap: Gap, first: number, mark: string): string {
  const last = first + gap.lines - 1;
  const most = mostOf(gap, 3);
  const others = gap.lines - most.reduce((sum, [, lines]) => sum + lines, 0);
  const what = most.map(([kind, lines]) => `${lines} × ${shorten(textOf(kind), LONGEST_IN_MARKER)}`);
  const where = gap.lines === 1 ? `line ${first}` : `lines ${first}–${last}`;
  return `${mark} ${gap.lines} left out, ${where}: ${[...what, ...(others > 0 ? [`${others} others`] : [])].join('; ')}`;
}

export function textOf({ words }: Kind): string {
  return words.length === 0 ? '(blank)' : words.join(' ');
}
