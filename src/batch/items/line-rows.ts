import type { BadRow, Row } from '../item.ts';
import { numberedLines } from './numbered-lines.ts';
import { type Bytes, shareOf } from './source.ts';

/** A row for each line that is not blank: its text is what it is about. */
export async function* lineRows(name: string, { chunks, size }: Bytes): AsyncGenerator<Row | BadRow, void, undefined> {
  for await (const lines of numberedLines(chunks)) {
    for (const { problem, text, number, end } of lines) {
      if (problem === null && text.trim() === '') continue;
      const where = `${name}:${number}`;
      const share = shareOf(end, size);
      yield problem === null ? { where, number, share, values: {}, piped: text } : { where, number, share, problem };
    }
  }
}
