import stringWidth from 'string-width';
import type { Tokens } from 'marked';
import type { Paint } from '../theme.ts';
import { hang, wrapWords } from '../wrap.ts';
import { inlineText } from './inline-text.ts';

const BETWEEN = ' │ ';
/** A column narrower than this is not worth reading; the table is written as records then. */
const NARROWEST = 6;

/** A table with its columns aligned, cells wrapped so that it fits; where it can't, each row is a record of its own. */
export function tableLines(table: Tokens.Table, columns: number, paint: Paint): readonly string[] {
  const header = table.header.map((cell) => paint('strong', inlineText(cell.tokens, paint)));
  const rows = table.rows.map((row) => row.map((cell) => inlineText(cell.tokens, paint)));
  const widths = fitColumns([header, ...rows], columns - BETWEEN.length * (header.length - 1));
  if (widths === null) return recordLines(header, rows, columns, paint);
  const rule = paint('dim', widths.map((width) => '─'.repeat(width)).join('─┼─'));
  const print = (row: readonly string[]): readonly string[] => rowLines(row, widths, table.align, paint);
  return [...print(header), rule, ...rows.flatMap(print)];
}

/** How wide each column is to be, or null when they can't all be read. */
function fitColumns(rows: readonly (readonly string[])[], room: number): readonly number[] | null {
  const [header = []] = rows;
  const widest = (measure: (cell: string) => number): number[] =>
    header.map((_, index) => Math.max(1, ...rows.map((row) => measure(row[index] ?? ''))));
  const wanted = widest((cell) => Math.max(...cell.split('\n').map((line) => stringWidth(line))));
  if (sum(wanted) <= room) return wanted;
  const words = widest((cell) => Math.max(...cell.split(/\s/).map((word) => stringWidth(word))));
  const unbroken = shareOut(wanted, words, room);
  if (unbroken !== null) return unbroken;
  return shareOut(
    wanted,
    wanted.map((width) => Math.min(width, NARROWEST)),
    room,
  );
}

/** Gives every column its least, and what is left to those that want more, the narrow ones first; null when it is too little. */
function shareOut(wanted: readonly number[], least: readonly number[], room: number): readonly number[] | null {
  if (sum(least) > room) return null;
  const within = (limit: number): number[] =>
    wanted.map((want, index) => Math.max(least[index] ?? 0, Math.min(want, limit)));
  let limit = 1;
  while (sum(within(limit + 1)) <= room) limit++;
  return within(limit);
}

function rowLines(
  row: readonly string[],
  widths: readonly number[],
  align: Tokens.Table['align'],
  paint: Paint,
): readonly string[] {
  const cells = widths.map((width, index) => wrapWords(row[index] ?? '', width));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) =>
    widths
      .map((width, index) => pad(cells[index]?.[at] ?? '', width, align[index] ?? 'left'))
      .join(paint('dim', BETWEEN))
      .trimEnd(),
  );
}

function pad(text: string, width: number, align: 'left' | 'right' | 'center'): string {
  const free = Math.max(0, width - stringWidth(text));
  const before = align === 'right' ? free : align === 'center' ? Math.floor(free / 2) : 0;
  return ' '.repeat(before) + text + ' '.repeat(free - before);
}

/** `Name: value`, a line a cell. */
function recordLines(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
  paint: Paint,
): readonly string[] {
  return rows.flatMap((row, index) => [
    ...(index === 0 ? [] : [paint('dim', '─'.repeat(Math.min(NARROWEST, columns)))]),
    ...row.flatMap((cell, at) => {
      const text = `${header[at] ?? ''}: ${cell.replaceAll('\n', ' ')}`;
      return hang(wrapWords(text, columns - 2), '', '  ');
    }),
  ]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
