import { isRecord } from '../../is-record.ts';
import { DEEPEST_JSON, isDeeper } from '../../request/is-deeper.ts';
import type { BadRow, Row } from '../item.ts';
import { numberedLines } from './numbered-lines.ts';
import { type Bytes, shareOf } from './source.ts';

/** The rows of JSON lines: an object each, or a text, which is a prompt. Blank lines are none. */
export async function* jsonRows(name: string, { chunks, size }: Bytes): AsyncGenerator<Row | BadRow, void, undefined> {
  for await (const lines of numberedLines(chunks)) {
    for (const { problem, text, number, end } of lines) {
      if (problem === null && text.trim() === '') continue;
      const values = problem ?? valuesIn(text);
      const where = `${name}:${number}`;
      const share = shareOf(end, size);
      yield typeof values === 'string' ? { where, number, share, problem: values } : { where, number, share, values };
    }
  }
}

/** What a line says; a text: what is wrong with it. */
function valuesIn(text: string): Row['values'] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own words quote the text, in which nobody looked for secrets.
    return 'it is no JSON; each line has to be an object, or a text';
  }
  if (typeof value === 'string') return { prompt: value };
  if (isDeeper(value, DEEPEST_JSON)) return `it is nested more than ${DEEPEST_JSON} levels deep`;
  return isRecord(value) ? value : 'it is neither an object nor a text';
}
