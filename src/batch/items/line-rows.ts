import type { BadRow, Row } from '../item.ts';
import { numberedLines, TOO_LONG } from './numbered-lines.ts';
import { type Bytes, shareOf } from './source.ts';

/** A row for each line that is not blank: its text is what it is about. */
export async function* lineRows(name: string, { chunks, size }: Bytes): AsyncGenerator<Row | BadRow, void, undefined> {
  for await (const { text, number, end } of numberedLines(chunks)) {
    if (text?.trim() === '') continue;
    const place = { where: `${name}:${number}`, number, share: shareOf(end, size) };
    if (text === null) yield { ...place, problem: TOO_LONG };
    else yield { ...place, values: {}, piped: text };
  }
}
