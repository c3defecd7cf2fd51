import type { Batch } from './stage.ts';

/** One line of claude's output, without its end. */
export interface Line {
  readonly text: string;
  /** False only for a last line that no `\n` ended: the output may have been cut there. */
  readonly terminated: boolean;
  /** Its length in bytes when that is more than a string can hold; `text` is its beginning then. */
  readonly overlong?: number;
}

/** The engine's limit for a string is about 2^29 - 24 characters. */
const MAX_LINE_BYTES = 2 ** 29 - 1024;
const KEPT_OF_OVERLONG = 64 * 1024;

const LF = 0x0a;
const CR = 0x0d;

/**
 * Splits bytes on `\n` and nothing else: U+2028, U+2029 and U+0085 stand raw inside JSON strings of some versions.
 * A `\r` before the `\n` and blank lines are dropped. A character torn by a chunk's edge is whole again in its line;
 * bytes that are no UTF-8 become U+FFFD. Of a line that no string can hold, its beginning is kept.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Batch<Line>, void, undefined> {
  let held: Buffer[] = [];
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const lines: Line[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, start)) {
      const tail = bytes.subarray(start, end);
      push(lines, held.length === 0 ? tail : Buffer.concat([...held, tail]), true);
      held = [];
      start = end + 1;
    }
    // A copy, since the reader may use its buffer again.
    if (start < bytes.length) held.push(Buffer.from(bytes.subarray(start)));
    if (lines.length > 0) yield lines;
  }
  const rest: Line[] = [];
  push(rest, Buffer.concat(held), false);
  if (rest.length > 0) yield rest;
}

function push(lines: Line[], bytes: Buffer, terminated: boolean): void {
  const length = terminated && bytes.at(-1) === CR ? bytes.length - 1 : bytes.length;
  if (length > MAX_LINE_BYTES) {
    lines.push({ text: bytes.toString('utf8', 0, KEPT_OF_OVERLONG), terminated, overlong: length });
  } else if (length > 0) {
    lines.push({ text: bytes.toString('utf8', 0, length), terminated });
  }
}
