import { BLANK, isIn, QUOTES, WORD } from '../../scan/alphabets.ts';
import { BAR, COLON, COMMA, HYPHEN, NEWLINE, PLUS, RETURN, SPACE } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { isMemorable, isStrongWord } from '../../judge/strong-word.ts';
import { isStandIn } from '../../judge/stand-in.ts';
import { isWordy } from '../../judge/wordy.ts';
import type { Value } from './value.ts';

const MAX_LINE = 512;
const MAX_ROWS = 64;
const MIN_CELL = 6;
const MAX_BLANKS = 64;

/**
 * The cells below the name of a column, in what databases print and in CSV. Columns are counted from the end of the
 * line, which is the way a parser looks.
 */
export function cellsBelow(reader: Reader, nameStart: number, nameEnd: number): Value[] {
  const header = headerAfter(reader, nameStart, nameEnd);
  if (header === undefined) return [];
  const values: Value[] = [];
  const head = reader.text.slice(nameStart, lineEnd(reader, nameStart));
  let index = header.end;
  for (let rows = 0; rows < MAX_ROWS; rows += 1) {
    const end = lineEnd(reader, index);
    const isRule = isRuleLine(reader, index, end);
    const cell = isRule ? undefined : cellFromRight(reader, index, end, header);
    if (!isRule && cell === undefined) break;
    // The same head again looks after what is below it.
    if (cell !== undefined && reader.text.slice(cell.start, end) === head) break;
    if (cell !== undefined && isSecretCell(reader.text.slice(cell.start, cell.end))) values.push(cell);
    if (reader.at(end) === -1) break;
    index = nextLine(reader, end);
  }
  return values;
}

interface Header {
  readonly sign: number;
  /** How many signs stand behind the name. */
  readonly behind: number;
  readonly end: number;
}

/** The header's line behind the name, when it is nothing but names and signs. */
function headerAfter(reader: Reader, nameStart: number, nameEnd: number): Header | undefined {
  const before = reader.before(nameStart);
  const isFirst = before === -1 || before === NEWLINE;
  const next = reader.at(reader.skip(BLANK, nameEnd, nameEnd + MAX_BLANKS));
  if (next !== BAR && next !== COMMA && next !== NEWLINE && next !== RETURN) return undefined;
  const name = reader.text.slice(nameStart, nameEnd).toLowerCase();
  let sign = before === COMMA ? COMMA : -1;
  let behind = 0;
  for (let index = nameEnd; index - nameEnd < MAX_LINE; index += 1) {
    const code = reader.at(index);
    // The next one of that name looks after itself.
    if (code === name.charCodeAt(0) && reader.sees(name, index)) return undefined;
    if (code === NEWLINE || code === RETURN) {
      if (sign === COMMA && behind === 0 && before !== COMMA) return undefined;
      const isTable = sign === BAR || (sign === -1 && before === SPACE);
      if (!isTable && sign !== COMMA) return undefined;
      const next = nextLine(reader, index);
      // A table without bars behind the name has a rule below it.
      if (sign === -1 && !isRuleLine(reader, next, lineEnd(reader, next))) return undefined;
      return { sign: sign === -1 ? BAR : sign, behind, end: next };
    }
    if (code === BAR || code === COMMA) {
      if (sign !== -1 && sign !== code) return undefined;
      if (code === COMMA && !isFirst && before !== COMMA) return undefined;
      sign = code;
      behind += 1;
    } else if (!isIn(WORD, code) && !(code === SPACE && sign !== COMMA)) return undefined;
  }
  return undefined;
}

/** The cell of a row that has as many signs behind it as the name has. */
function cellFromRight(reader: Reader, from: number, end: number, { sign, behind }: Header): Value | undefined {
  let signs = 0;
  let cellEnd = behind === 0 ? end : -1;
  for (let index = end - 1; index >= from; index -= 1) {
    if (reader.text.charCodeAt(index) !== sign) continue;
    signs += 1;
    if (signs === behind) cellEnd = index;
    else if (signs === behind + 1) return trimmed(reader, index + 1, cellEnd);
  }
  return signs === behind && sign === COMMA ? trimmed(reader, from, cellEnd) : undefined;
}

function trimmed(reader: Reader, from: number, to: number): Value {
  let [start, end] = [from, to];
  while (start < end && isIn(BLANK | QUOTES, reader.text.charCodeAt(start))) start += 1;
  while (end > start && isIn(BLANK | QUOTES, reader.text.charCodeAt(end - 1))) end -= 1;
  return { quoted: true, start, end };
}

function isSecretCell(text: string): boolean {
  if (text.length < MIN_CELL || /\s/.test(text) || isStandIn(text) || isWordy(text)) return false;
  return (
    /^\d{8,}$/.test(text) ||
    isMemorable(text) ||
    (/\d/.test(text) && /[A-Za-z]/.test(text) && (isStrongWord(text) || /[!@#$%^&*~+?]/.test(text)))
  );
}

function lineEnd(reader: Reader, from: number): number {
  let end = from;
  while (end - from < MAX_LINE) {
    const code = reader.at(end);
    if (code === -1 || code === NEWLINE || code === RETURN) break;
    end += 1;
  }
  return end;
}

function nextLine(reader: Reader, end: number): number {
  return reader.at(end) === RETURN ? end + 2 : end + 1;
}

/** `----+------`, `|---|---|` */
function isRuleLine(reader: Reader, from: number, end: number): boolean {
  if (end - from < 3) return false;
  for (let index = from; index < end; index += 1) {
    const code = reader.text.charCodeAt(index);
    if (code !== HYPHEN && code !== PLUS && code !== BAR && code !== COLON && code !== SPACE) return false;
  }
  return true;
}
