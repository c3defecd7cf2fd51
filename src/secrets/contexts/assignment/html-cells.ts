import type { Reader } from '../../scan/reader.ts';
import type { Value } from './value.ts';

/** Heads are a line or a few, and who reads a table has seen its first rows. */
const MAX_HEAD = 512;
const MAX_BODY = 4096;
/** The end of the cell that a name stands in, and the text of the cell beside it. */
const BESIDE = /^\s{0,16}<\/t[hd]>(?:\s{0,32}<td[^>]{0,64}>\s{0,32}(?:<[a-z]{1,6}>\s{0,16}){0,2}([^\s<]{1,128}))?/d;
/** The beginning of a cell, and its text. */
const CELL = /<td[^>]{0,96}>\s{0,32}(?:<[a-z]{1,6}>\s{0,16}){0,2}([^\s<]{0,128})/dg;

/** The cell beside a name in a table of HTML, or those below it, counted from the end of a row as heads are. */
export function htmlCells(reader: Reader, nameEnd: number): Value[] {
  const head = textTo(reader, nameEnd, ['</tr>', '<tr'], MAX_HEAD);
  const beside = BESIDE.exec(head);
  if (beside === null) return [];
  const [start, end] = beside.indices?.[1] ?? [];
  if (start !== undefined && end !== undefined) return [valueAt(nameEnd + start, nameEnd + end)];
  const behind = head.split('<th').length - 1;
  const from = nameEnd + head.length;
  return textTo(reader, from, ['</th>', '<th>', '<th ', '</table'], MAX_BODY)
    .split('</tr>')
    .flatMap((row, index, rows) => {
      const cell = [...row.matchAll(CELL)].at(-1 - behind);
      const [first, last] = cell?.indices?.[1] ?? [];
      if (first === undefined || last === undefined) return [];
      const rowStart = from + rows.slice(0, index).reduce((sum, before) => sum + before.length + '</tr>'.length, 0);
      return [valueAt(rowStart + first, rowStart + last)];
    });
}

function valueAt(start: number, end: number): Value {
  return { quoted: false, start, end };
}

/** What stands at `from`, to the first of `ends`, so many characters at most. */
function textTo(reader: Reader, from: number, ends: readonly string[], most: number): string {
  let end = from;
  while (end - from < most && reader.at(end) !== -1 && !ends.some((tag) => reader.sees(tag, end))) end += 1;
  return reader.text.slice(from, end);
}
