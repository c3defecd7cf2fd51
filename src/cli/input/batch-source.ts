import { basename, dirname, extname, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { fileRows } from '../../batch/items/file-rows.ts';
import { findFiles } from '../../batch/items/find-files.ts';
import { jsonRows } from '../../batch/items/json-rows.ts';
import { lineRows } from '../../batch/items/line-rows.ts';
import type { Bytes, Source } from '../../batch/items/source.ts';
import { tableRows } from '../../batch/items/table-rows.ts';
import { type ROW_FORMATS } from '../../config/command-options/batch.ts';
import { messageOf, reasonOf, SluiceError } from '../../errors.ts';
import { openInput } from '../../prompt/open-input.ts';
import { guessEncoding } from '../../filter/guess-encoding.ts';
import { asUtf8 } from '../../system/as-utf8.ts';
import type { TextEncoding } from '../../system/text-encoding.ts';
import type { Io } from '../io.ts';

type RowFormat = (typeof ROW_FORMATS)[number];

/** What a command line names as the items of a batch. */
export interface NamedItems {
  /** A path, or `-`. */
  readonly file: string | undefined;
  readonly pattern: string | undefined;
  readonly format: RowFormat | undefined;
}

/** @throws SluiceError `usage` where nothing is named, or what is can't be read */
export async function batchSource({ file, pattern, format }: NamedItems, io: Io): Promise<Source> {
  if (pattern !== undefined) {
    if (file !== undefined)
      throw new SluiceError('usage', `--for: the items are those of ${file} already; leave one of them out`);
    const paths = await findFiles(pattern, io.cwd);
    if (paths.length === 0) throw new SluiceError('usage', `--for: no file matches ${pattern} in ${io.cwd}`);
    return { name: `files ${pattern} in ${io.cwd}`, folder: io.cwd, file: null, rows: () => fileRows(paths) };
  }
  if (file === undefined)
    throw new SluiceError(
      'usage',
      'no items: name a file, - for stdin, or --for a pattern, as in: sluice batch items.jsonl',
    );
  if (file === '-')
    return {
      name: 'stdin',
      folder: io.cwd,
      file: null,
      rows: () => rowsOf('stdin', { chunks: io.anyStdin(), size: null }, format ?? null),
    };
  const path = resolve(io.cwd, file);
  const { bytes, size } = openedAt(path, file);
  const rows = (): ReturnType<Source['rows']> =>
    rowsOf(basename(path), { chunks: bytes, size }, format ?? formatOf(path));
  return { name: path, folder: dirname(path), file: path, rows };
}

function openedAt(path: string, file: string): { readonly bytes: Readable; readonly size: number | null } {
  try {
    const { stats, bytes } = openInput(path);
    return { bytes, size: stats.isFile() ? stats.size : null };
  } catch (error) {
    throw new SluiceError('usage', `${file} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

const FORMATS: Readonly<Record<string, RowFormat>> = {
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.json': 'jsonl',
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
};

function formatOf(path: string): RowFormat {
  return FORMATS[extname(path).toLowerCase()] ?? 'lines';
}

/** @param format null: it is told by the first sign */
async function* rowsOf(name: string, { chunks, size }: Bytes, format: RowFormat | null): ReturnType<Source['rows']> {
  const whole = asUtf8(chunks, (head, isWhole) => encodingFor(name, head, isWhole));
  const { first, bytes } = await peeked(whole);
  const text = { chunks: bytes, size };
  switch (format ?? (first === '{' ? 'jsonl' : 'lines')) {
    case 'jsonl':
      return yield* jsonRows(name, text);
    case 'csv':
      return yield* tableRows(name, text, ',');
    case 'tsv':
      return yield* tableRows(name, text, '\t');
    default:
      return yield* lineRows(name, text);
  }
}

/** @throws SluiceError `usage` for UTF-32 */
function encodingFor(name: string, head: Buffer, isWhole: boolean): TextEncoding | null {
  try {
    return guessEncoding(head, isWhole);
  } catch (error) {
    throw new SluiceError('usage', `${name}: ${messageOf(error)}`, { cause: error });
  }
}

/** The first sign of a text, and all of it. */
async function peeked(
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
): Promise<{ readonly first: string; readonly bytes: AsyncGenerator<Uint8Array, void, undefined> }> {
  const held: Uint8Array[] = [];
  let first = '';
  while (first === '') {
    const { value, done } = await chunks.next();
    if (done === true) break;
    held.push(value);
    first = Buffer.from(value).toString().trim().slice(0, 1);
  }
  return {
    first,
    bytes: (async function* () {
      yield* held;
      yield* chunks;
    })(),
  };
}
