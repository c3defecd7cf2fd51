import { skipBackslashes } from '../backslashes.ts';
import { BLANK, DIGITS, isIn, QUOTES, WHITESPACE } from '../../scan/alphabets.ts';
import {
  codesOf,
  BACKSLASH,
  COLON,
  COMMA,
  DOLLAR,
  GREATER,
  LESS,
  LETTER_N,
  LETTER_R,
  LETTER_T,
  NEWLINE,
} from '../../scan/codes.ts';
import { marginAt, skipMargin } from './margin.ts';
import type { Reader } from '../../scan/reader.ts';
import { CARET } from '../../scan/codes.ts';

const ARROW = 0x2192;
const LINE_NUMBER_MARKS = new Set([ARROW, COLON, 124, 9]);
const LINE_DECORATION = codesOf('"\'`+,;>|*#');
const MAX_DECORATION = 64;
/** Characters of a line at most: no key has longer ones. */
const MAX_LINE = 512;
/** Characters from which on a line counts as one of a key though something else follows it. */
const LONG_LINE = 16;

/** Past what may stand before the characters of a key: blanks, quotes, a line number and its mark. */
export function skipDecoration(reader: Reader, from: number): number {
  let index = from;
  while (index - from < MAX_DECORATION && isDecoration(reader.at(index))) index += 1;
  const digits = reader.skip(DIGITS, index, index + 7);
  const mark = reader.skip(BLANK, digits, digits + 4);
  if (digits > index && (LINE_NUMBER_MARKS.has(reader.at(mark)) || mark > digits)) {
    index = LINE_NUMBER_MARKS.has(reader.at(mark)) ? mark + 1 : mark;
    while (index - mark < MAX_DECORATION && isDecoration(reader.at(index))) index += 1;
  }
  return index;
}

function isDecoration(code: number): boolean {
  return isIn(BLANK, code) || LINE_DECORATION.has(code);
}

/** Past the end of a line, real or written as an escape; undefined when something else follows. */
export function skipLineEnd(reader: Reader, from: number): number | undefined {
  let index = skipShownEnd(reader, from);
  let ended = false;
  while (index - from < MAX_DECORATION) {
    const code = reader.at(index);
    if (isIn(WHITESPACE, code)) {
      ended = true;
      index += 1;
      if (code === NEWLINE) return index;
    } else if (code === BACKSLASH) {
      const letter = skipBackslashes(reader, index);
      const escaped = reader.at(letter);
      if (escaped === LETTER_N) return letter + 1;
      if (escaped === LETTER_R || escaped === LETTER_T) index = letter + 1;
      else if (isIn(WHITESPACE, escaped) || isDecoration(escaped)) index = letter;
      else return undefined;
      ended = true;
    } else if (LINE_DECORATION.has(code)) {
      // Lines of a list: a string ends, and the next one begins.
      if (code === COMMA && isIn(QUOTES, reader.at(index - 1))) ended = true;
      index += 1;
    } else if (code === LESS && reader.sees('<br', index)) {
      ended = true;
      index = skipTag(reader, index);
    } else return ended ? index : undefined;
  }
  return undefined;
}

/** Past the `$` that `cat -A` shows at the end of a line, `^M$` where that has a return. */
function skipShownEnd(reader: Reader, from: number): number {
  const end = reader.at(from) === CARET ? from + 2 : from;
  return reader.at(end) === DOLLAR && reader.at(end + 1) === NEWLINE ? end + 1 : from;
}

/** Past `<br>`, `<br />` */
function skipTag(reader: Reader, from: number): number {
  let index = from;
  while (index - from < 8 && reader.at(index) !== GREATER && reader.at(index) !== NEWLINE) index += 1;
  return reader.at(index) === GREATER ? index + 1 : index;
}

/** A block of lines that was read: where its characters begin and end. */
export interface Block {
  readonly start: number;
  readonly end: number;
}

/**
 * At most `maxLines` lines of one alphabet from `from`, decorated as the lines of a key may be, real or written with
 * `\n`; undefined when the first is none. A line that has other characters in it is no part of the block.
 */
export function linesAt(reader: Reader, from: number, alphabet: number, maxLines: number): Block | undefined {
  let start = -1;
  let end = -1;
  let index = from;
  const margin = marginAt(reader, from);
  for (let lines = 0; lines < maxLines; lines += 1) {
    const behind = margin === undefined ? undefined : skipMargin(reader, index, margin);
    const lineStart = skipDecoration(reader, behind ?? index);
    const lineEnd = reader.skip(alphabet, lineStart, lineStart + MAX_LINE);
    if (lineEnd === lineStart) break;
    const next = skipLineEnd(reader, lineEnd);
    if (next === undefined && lineEnd - lineStart < LONG_LINE && !endsBlock(reader.at(lineEnd))) break;
    if (start < 0) start = lineStart;
    end = lineEnd;
    if (next === undefined) break;
    index = next;
  }
  return start < 0 ? undefined : { start, end };
}

function endsBlock(code: number): boolean {
  return code === -1 || code === BACKSLASH || isIn(QUOTES, code);
}
