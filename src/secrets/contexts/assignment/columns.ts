import { BLANK, isIn, QUOTES, WORD } from '../../scan/alphabets.ts';
import { BACKSLASH, BAR, COLON, COMMA, HYPHEN, LETTER_N, NEWLINE, PLUS, RETURN, SPACE, TAB } from '../../scan/codes.ts';
import { newlineAt } from '../newline.ts';
import type { Reader } from '../../scan/reader.ts';
import { isMemorable, isStrongWord } from '../../judge/strong-word.ts';
import { isStandIn } from '../../judge/stand-in.ts';
import { isWordy } from '../../judge/wordy.ts';
import type { Value } from './value.ts';

const MAX_LINE = 512;
const MAX_ROWS = 64;
const MIN_CELL = 6;
const TYPE =
  /^(?:str|string|text|varchar\S*|char\S*|int|integer|bool\S*|required|optional|yes|no|true|false|[-=*.]+|\*.*\*)$/i;
const MAX_BLANKS = 64;
const MIN_RULE = 3;
const MAY_FOLLOW = new Set([BAR, COMMA, TAB, NEWLINE, RETURN, BACKSLASH]);

/**
 * The cells below the name of a column, in what databases print, in CSV, and between tabs. Columns are counted from the end of the
 * line, which is the way a parser looks.
 */
export function cellsBelow(reader: Reader, nameStart: number, nameEnd: number): Value[] {
  const header = headerAfter(reader, nameStart, nameEnd);
  if (header === undefined) return [];
  const values: Value[] = [];
  const head = reader.text.slice(nameStart, header.lineEnd);
  let index = header.end;
  for (let rows = 0; rows < MAX_ROWS; rows += 1) {
    const end = lineEnd(reader, index, header.isWritten);
    const isRule = isRuleLine(reader, index, end);
    const cell = isRule ? undefined : cellFromRight(reader, index, end, header);
    if (!isRule && cell === undefined) break;
    // The same head again looks after what is below it.
    if (cell !== undefined && reader.text.slice(cell.start, end) === head) break;
    const text = cell === undefined ? '' : reader.text.slice(cell.start, cell.end);
    // Lines of code have tabs as well, and patterns behind them.
    const isPattern = header.sign === TAB && text.startsWith('/') && text.endsWith('/') && text.includes('\\');
    if (cell !== undefined && !isPattern) values.push(cell);
    const newline = newlineAt(reader, end);
    if (newline === undefined) break;
    index = newline + 1;
  }
  return values;
}

interface Header {
  readonly sign: number;
  /** How many signs stand behind the name. */
  readonly behind: number;
  /** Where its line ends, and where the next one begins. */
  readonly lineEnd: number;
  readonly end: number;
  /** Whether its end is written as an escape, in a string that ends at its quote. */
  readonly isWritten: boolean;
}

/** The header's line behind the name, when it is nothing but names and signs. */
function headerAfter(reader: Reader, nameStart: number, nameEnd: number): Header | undefined {
  const before = reader.before(nameStart);
  const isFirst = before === -1 || before === NEWLINE || isIn(QUOTES, before) || isEscape(reader, nameStart);
  const next = afterSpaces(reader, nameEnd);
  if (!MAY_FOLLOW.has(next)) return undefined;
  const name = reader.text.slice(nameStart, nameEnd).toLowerCase();
  let sign = before === COMMA || before === TAB ? before : -1;
  let behind = 0;
  for (let index = nameEnd; index - nameEnd < MAX_LINE; index += 1) {
    const code = reader.at(index);
    // The next one of that name looks after itself.
    if (code === name.charCodeAt(0) && reader.sees(name, index)) return undefined;
    const newline = newlineAt(reader, index);
    if (newline !== undefined) {
      const end = newline + 1;
      const isWritten = code === BACKSLASH;
      if (sign === COMMA && behind === 0 && before !== COMMA) return undefined;
      // A table without bars behind the name has a rule below it.
      if (sign === -1) {
        if (before !== SPACE && before !== -1) return undefined;
        if (!isRuleLine(reader, end, lineEnd(reader, end, isWritten))) return undefined;
      }
      return { sign: sign === -1 ? BAR : sign, behind, lineEnd: index, end, isWritten };
    }
    if (code === BAR || code === COMMA || code === TAB) {
      if (sign !== -1 && sign !== code) return undefined;
      if (code !== BAR && !isFirst && before !== code) return undefined;
      sign = code;
      behind += 1;
    } else if (!isIn(WORD, code) && !(code === SPACE && sign !== COMMA && sign !== TAB)) return undefined;
  }
  return undefined;
}

function afterSpaces(reader: Reader, from: number): number {
  let index = from;
  while (index - from < MAX_BLANKS && reader.at(index) === SPACE) index += 1;
  return reader.at(index);
}

/** The letter of a written line end stands before the name. */
function isEscape(reader: Reader, nameStart: number): boolean {
  return reader.before(nameStart) === LETTER_N && reader.before(nameStart - 1) === BACKSLASH;
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
  return signs === behind && sign !== BAR ? trimmed(reader, from, cellEnd) : undefined;
}

function trimmed(reader: Reader, from: number, to: number): Value {
  let [start, end] = [from, to];
  while (start < end && isAround(reader.text.charCodeAt(start))) start += 1;
  while (end > start && isAround(reader.text.charCodeAt(end - 1))) end -= 1;
  return { quoted: true, start, end };
}

function isAround(code: number): boolean {
  return code === BACKSLASH || isIn(BLANK | QUOTES, code);
}

/** Whether it is what tables of parameters have in a column: the type of what is to stand there. */
export function isTypeOfColumn(text: string): boolean {
  return TYPE.test(text);
}

/** Whether a cell that belongs to the name of a secret may be one. */
export function mayBeCell(text: string): boolean {
  return text.length >= MIN_CELL && !TYPE.test(text) && !isStandIn(text);
}

/** Whether it is one: digits alone count tokens. */
export function isSecretCell(text: string, kind: string): boolean {
  if (!mayBeCell(text) || /\s/.test(text)) return false;
  return (
    (kind !== 'token' && /^\d{8,}$/.test(text)) ||
    isMemorable(text) ||
    (!isWordy(text) && /\d/.test(text) && /[A-Za-z]/.test(text) && (isStrongWord(text) || /[!@#$%^&*~+?]/.test(text)))
  );
}

/** The end of the line at `from`: real or written, and that of the string where it is written. */
function lineEnd(reader: Reader, from: number, isWritten: boolean): number {
  let end = from;
  for (; end - from < MAX_LINE; end += 1) {
    const code = reader.at(end);
    if (code === -1 || code === NEWLINE || code === RETURN) break;
    if (!isWritten) continue;
    if (isIn(QUOTES, code) && reader.at(end - 1) !== BACKSLASH) break;
    if (code === BACKSLASH && newlineAt(reader, end) !== undefined) break;
  }
  return end;
}

/** `----+------`, `|---|---|`, whatever a log has before it. */
function isRuleLine(reader: Reader, from: number, end: number): boolean {
  let hyphens = 0;
  for (let index = end - 1; index >= from; index -= 1) {
    const code = reader.text.charCodeAt(index);
    if (code === HYPHEN) hyphens += 1;
    else if (code !== PLUS && code !== BAR && code !== COLON && code !== SPACE) {
      return hyphens >= MIN_RULE && (code === TAB || reader.text.charCodeAt(index + 1) === SPACE);
    }
  }
  return hyphens > 0 && end - from >= MIN_RULE;
}
