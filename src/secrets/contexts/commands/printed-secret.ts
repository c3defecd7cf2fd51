import { BLANK, isIn, QUOTES, WHITESPACE } from '../../scan/alphabets.ts';
import { BAR } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { shapeOf } from '../../judge/value-shape.ts';
import { isStrongWord } from '../../judge/strong-word.ts';
import { newlineAt } from '../newline.ts';
import { passwordSpan } from '../password-span.ts';
import { wordAt } from '../literal.ts';

const MAX_LINE = 200;
const MAX_MARGIN = 64;
const MAX_SECRET = 128;
const MIN_SECRET = 10;
const MIN_CHANGES = 3;

/** What prints a secret on the line below it, and nothing else. */
const PRINTERS = [
  'base64 -d',
  'base64 --decode',
  'secretstring --output text',
  'output -raw',
  'versions access',
  '-field=password',
  'op read',
  'config:get',
  'pwgen',
  'openssl rand',
  'password for the',
];

/** A secret alone on the line below the command that shows it, or below the sentence that announces it. */
export const PRINTED_SECRET_ANCHORS: readonly Anchor[] = PRINTERS.map((text) => anchorAt(text, parsePrinted));

function parsePrinted(reader: Reader, start: number, anchorEnd: number): Span | undefined {
  const mark = reader.text.slice(start, anchorEnd).toLowerCase();
  for (let index = anchorEnd; index - anchorEnd < MAX_LINE; index += 1) {
    const code = reader.at(index);
    // What is piped on is not shown, and the next command looks after itself.
    if (code === -1 || code === BAR || reader.sees(mark, index)) return undefined;
    const newline = newlineAt(reader, index);
    if (newline !== undefined) return secretOnLine(reader, newline + 1);
  }
  return undefined;
}

function secretOnLine(reader: Reader, from: number): Span | undefined {
  const start = reader.skip(BLANK, from, from + MAX_MARGIN);
  const { end } = wordAt(reader, start, 0, MAX_SECRET);
  if (end - start < MIN_SECRET || !endsLine(reader, end)) return undefined;
  const text = reader.text.slice(start, end);
  const { letters, digits, changes } = shapeOf(text, 0, text.length);
  const isDrawn = letters > 0 && digits > 1 && changes >= MIN_CHANGES && /^[A-Za-z\d_.+/=-]+$/.test(text);
  return isDrawn || isStrongWord(text) ? passwordSpan(reader, start, end) : undefined;
}

function endsLine(reader: Reader, end: number): boolean {
  const code = reader.at(end);
  return code === -1 || isIn(QUOTES | WHITESPACE, code) ? !isIn(BLANK, code) : newlineAt(reader, end) !== undefined;
}
