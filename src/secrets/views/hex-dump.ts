import { ANY_HEX, BLANK, isIn } from '../scan/alphabets.ts';
import { BAR, COLON, NEWLINE } from '../scan/codes.ts';
import type { Reader } from '../scan/reader.ts';
import { View } from '../scan/view.ts';
import type { Wrapping } from './views.ts';

const OFFSET_MIN = 6;
const OFFSET_MAX = 16;
const MAX_BYTES = 32;
const MAX_BLANKS = 4;
const MAX_ROWS = 1024;

/** Dumps of bytes as `xxd` and `hexdump -C` print them: an offset, bytes, and what can be printed of them. */
export const HEX_DUMP_VIEW: Wrapping = {
  marks: ['00000000:', '00000000  '],
  exact: true,
  viewAt(reader, mark) {
    if (!reader.beginsLine(mark)) return undefined;
    const view = new View(reader);
    let end = mark;
    for (let rows = 0; rows < MAX_ROWS && end < reader.ceiling; rows += 1) {
      const next = readRow(reader, end, view);
      if (next === undefined) break;
      end = next;
    }
    return end === mark ? undefined : { view, start: mark, end };
  },
};

/** Adds the bytes of the row at `from`, and returns where the next one begins; undefined when it is no row. */
function readRow(reader: Reader, from: number, view: View): number | undefined {
  const lead = reader.skip(BLANK, from, from + MAX_BLANKS);
  const offset = reader.skip(ANY_HEX, lead, lead + OFFSET_MAX);
  if (offset - lead < OFFSET_MIN) return undefined;
  let index = reader.at(offset) === COLON ? offset + 1 : offset;
  const bytes: number[] = [];
  while (bytes.length < MAX_BYTES) {
    const start = reader.skip(BLANK, index, index + MAX_BLANKS);
    const isApart = start > index || (index > offset + 1 && bytes.length > 0);
    if (!isApart || !isIn(ANY_HEX, reader.at(start)) || !isIn(ANY_HEX, reader.at(start + 1))) break;
    // Two blanks end the bytes of xxd.
    if (bytes.length > 0 && start - index > 2) break;
    if (bytes.length > 0 && start - index === 2 && bytes.length % 8 !== 0) break;
    if (start - index === 2 && bytes.length === 16) break;
    bytes.push(start);
    index = start + 2;
  }
  const shown = reader.skip(BLANK, index, index + 64);
  if (bytes.length === 0 || (shown - index < 1 && reader.at(shown) !== NEWLINE && reader.at(shown) !== -1))
    return undefined;
  const printed = reader.at(shown) === BAR ? shown + 1 : shown;
  let end = printed;
  while (end - printed < MAX_BYTES + 1 && reader.at(end) !== NEWLINE && reader.at(end) !== -1) end += 1;
  if (reader.at(end) !== NEWLINE && reader.at(end) !== -1) return undefined;
  for (const [at, start] of bytes.entries()) {
    view.put(String.fromCharCode(Number.parseInt(reader.text.slice(start, start + 2), 16)), start, start + 2);
    if (printed + at < end) view.repeat(1, printed + at, printed + at + 1);
  }
  return reader.at(end) === NEWLINE ? end + 1 : end;
}
