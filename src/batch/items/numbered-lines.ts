import { isUtf8 } from 'node:buffer';

const NEWLINE = 10;
const RETURN = 13;
const NONE = Buffer.alloc(0);

/** Bytes of a line; of a longer one nothing is kept. */
const LONGEST = 64 * 1024 * 1024;

/** What is said of bytes that are in another encoding: the model would see something else than what is there. */
export const NO_UTF8 = 'it is not UTF-8; make it so first, as with iconv -f WINDOWS-1252 -t UTF-8';

/** A line as it stands in a text, without its end. */
export interface NumberedLine {
  /** Why it can't be read; null: it can. */
  readonly problem: string | null;
  /** Empty where it can't be read. */
  readonly text: string;
  /** Counts from 1. */
  readonly number: number;
  /** Bytes up to its end. */
  readonly end: number;
}

/**
 * The lines of a text in UTF-8, blank ones too; a mark of UTF-8 at its beginning is none of it. They come in batches, each
 * of which has to be gone through before the next is asked for: a line is read when it is its turn.
 */
export async function* numberedLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Iterable<NumberedLine>, void, undefined> {
  let held: Buffer[] = [];
  let length = 0;
  let number = 0;
  let place = 0;

  function line(): NumberedLine {
    number++;
    const [piece = NONE] = held;
    const bytes = held.length > 1 ? Buffer.concat(held) : piece;
    const problem = length > LONGEST ? 'the line has more than 64 MiB' : isUtf8(bytes) ? null : NO_UTF8;
    const end = bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length;
    const text = problem === null ? bytes.toString('utf8', 0, end) : '';
    held = [];
    length = 0;
    return { problem, text: number === 1 ? text.replace(/^\uFEFF/, '') : text, number, end: place };
  }

  function hold(bytes: Buffer): void {
    length += bytes.length;
    if (length <= LONGEST) held.push(bytes);
    else held = [];
  }

  function* linesIn(bytes: Buffer): Generator<NumberedLine, void, undefined> {
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      hold(bytes.subarray(start, end));
      place += end + 1 - start;
      start = end + 1;
      yield line();
    }
    hold(bytes.subarray(start));
    place += bytes.length - start;
  }

  for await (const chunk of chunks) yield linesIn(Buffer.from(chunk));
  if (length > 0) yield [line()];
}
