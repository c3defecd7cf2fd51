import { Readable } from 'node:stream';
import { messageOf } from '../../errors.ts';
import { isRecord } from '../../is-record.ts';
import type { BadRow, Row } from '../item.ts';
import { NO_UTF8 } from './numbered-lines.ts';
import { type Bytes, shareOf } from './source.ts';

/** Characters of a row; a quote that is never closed would make one of all the rest. */
const LONGEST = 64 * 1024 * 1024;

/**
 * The rows of a table, by the names in its first row; an empty cell says nothing. Two columns of one name make no table. A row with more or fewer cells is none, and
 * is told as soon as it is met. Rows are counted by the lines that they end in.
 * @param delimiter what stands between cells: a comma, or a tab
 */
export async function* tableRows(
  name: string,
  { chunks, size }: Bytes,
  delimiter: ',' | '\t',
): AsyncGenerator<Row | BadRow, void, undefined> {
  const { parse } = await import('csv-parse');
  const bad: { readonly line: number; readonly problem: string }[] = [];
  const parser = parse({
    columns: namesOf,
    bom: true,
    info: true,
    delimiter,
    // Tabs stand in for quotes in most tables that have them.
    ...(delimiter === '\t' ? { quote: null } : {}),
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST,
    on_skip: (error) => {
      if (error !== undefined) bad.push({ line: Number(error['lines'] ?? 0), problem: error.message });
      return undefined;
    },
  });
  const bytes = Readable.from(inUtf8(chunks), { objectMode: false });
  bytes.on('error', (error) => parser.destroy(error));
  bytes.pipe(parser);
  let number = 0;

  function* skipped(): Generator<BadRow, void, undefined> {
    for (const { line, problem } of bad.splice(0))
      yield { where: `${name}:${line}`, number: line, share: null, problem: `it is no row of the table: ${problem}` };
  }

  try {
    for await (const parsed of parser) {
      yield* skipped();
      const { record, info }: { readonly record: unknown; readonly info: { lines: number; bytes: number } } = parsed;
      if (!isRecord(record)) continue;
      number = info.lines;
      const values = Object.fromEntries(Object.entries(record).filter(([, cell]) => cell !== ''));
      yield { where: `${name}:${number}`, number, share: shareOf(info.bytes, size), values };
    }
  } catch (error) {
    yield {
      where: name,
      number,
      share: null,
      problem: `${number === 0 ? 'it' : `what follows line ${number}`} cannot be read: ${messageOf(error)}`,
    };
  }
  yield* skipped();
}

/** What stands above no cell is called by its place. Of two columns of one name, one would be lost. */
function namesOf(heads: readonly string[]): string[] {
  const names = heads.map((head, index) => (head === '' ? `column ${index + 1}` : head));
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Error(`two columns have the name ${JSON.stringify(twice)}; give each its own`);
  return names;
}

/** @throws an Error at the first piece that has something else in it */
async function* inUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const check = (chunk?: Uint8Array): void => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (error) {
      throw new Error(NO_UTF8, { cause: error });
    }
  };
  for await (const chunk of chunks) {
    check(chunk);
    yield chunk;
  }
  check();
}
