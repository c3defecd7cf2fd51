import { ANY_HEX, BLANK, isIn } from '../../scan/alphabets.ts';
import { COLON, NEWLINE, RETURN } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';

const MAX_INDENT = 16;
const MAX_LINES = 80;
const MIN_BYTES = 8;

/** A private key as `openssl pkey -text` prints it: bytes with colons between, on lines below the name of a part. */
export const OPENSSL_TEXT_ANCHORS: readonly Anchor[] = [
  'priv:',
  'privateexponent:',
  'prime1:',
  'prime2:',
  'exponent1:',
  'exponent2:',
  'coefficient:',
].map((text) => anchorAt(text, parseBytes));

function parseBytes(reader: Reader, _start: number, anchorEnd: number): readonly Span[] | undefined {
  const lines: { start: number; end: number }[] = [];
  let index = nextLine(reader, anchorEnd);
  let bytes = 0;
  for (let count = 0; count < MAX_LINES && index !== undefined; count += 1) {
    const start = reader.skip(BLANK, index, index + MAX_INDENT);
    let end = start;
    while (isIn(ANY_HEX, reader.at(end)) && isIn(ANY_HEX, reader.at(end + 1))) {
      bytes += 1;
      end += 2;
      if (reader.at(end) !== COLON) break;
      end += 1;
    }
    if (end === start || start === index) break;
    lines.push({ start, end });
    index = nextLine(reader, end);
  }
  if (bytes < MIN_BYTES) return undefined;
  const secret = reader.text.slice(lines[0]?.start, lines.at(-1)?.end);
  return lines.map((line) => ({ kind: 'private-key', ...line, secret }));
}

function nextLine(reader: Reader, from: number): number | undefined {
  const end = reader.at(from) === RETURN ? from + 1 : from;
  return reader.at(end) === NEWLINE ? end + 1 : undefined;
}
