const NEWLINE = 10;

/** Bytes of a line; of a longer one nothing is kept. */
const LONGEST = 64 * 1024 * 1024;

/** What is wrong with such a line. */
export const TOO_LONG = 'the line has more than 64 MiB';

/** A line as it stands in a text, without its end. */
export interface NumberedLine {
  /** Null for one that is too long to be anything. */
  readonly text: string | null;
  /** Counts from 1. */
  readonly number: number;
  /** Bytes up to its end. */
  readonly end: number;
}

/** The lines of a text in UTF-8, blank ones too; a mark of UTF-8 at its beginning is none of it. */
export async function* numberedLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<NumberedLine, void, undefined> {
  let held: Buffer[] = [];
  let length = 0;
  let number = 0;
  let place = 0;

  function line(): NumberedLine {
    number++;
    const bytes = Buffer.concat(held);
    const text = length > LONGEST ? null : bytes.toString('utf8').replace(/\r$/, '');
    held = [];
    length = 0;
    return { text: number === 1 ? (text?.replace(/^\uFEFF/, '') ?? null) : text, number, end: place };
  }

  function hold(bytes: Buffer): void {
    length += bytes.length;
    if (length <= LONGEST) held.push(bytes);
    else held = [];
  }

  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk);
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
  if (length > 0) yield line();
}
