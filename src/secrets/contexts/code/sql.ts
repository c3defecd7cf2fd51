import { passwordSpan } from '../password-span.ts';
import { BLANK, DIGITS, DOTTED, isIn, LETTERS, QUOTES, WHITESPACE, WORD } from '../../scan/alphabets.ts';
import {
  AT,
  BACKSLASH,
  CLOSING_PARENTHESIS,
  COMMA,
  DOUBLE_QUOTE,
  EQUALS,
  NEWLINE,
  OPENING_PARENTHESIS,
  SEMICOLON,
  TAB,
} from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { quotedAt, textOf, wordAt } from '../literal.ts';
import { secretNameOf } from '../assignment/secret-name.ts';

const MAX_BLANKS = 16;
const MAX_NAME = 64;
const MAX_COLUMNS = 64;
const MAX_ROWS = 64;
const MAX_FIELD = 512;

/**
 * Passwords in SQL that no name leads to: behind `IDENTIFIED BY` and `SET PASSWORD FOR`, and in the rows that an `INSERT` or a `COPY` puts into a
 * column for passwords. A bare word counts when it is no word of SQL's.
 */
export const SQL_ANCHORS: readonly Anchor[] = [
  anchorAt('identified', parseIdentified),
  anchorAt('set password for ', parseSet),
  anchorAt('insert', parseInsert),
  anchorAt('COPY ', parseCopy, true),
];

function parseIdentified(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  let index = skipWord(reader, anchorEnd, 'with');
  if (index !== undefined) {
    const plugin = reader.skip(WORD | QUOTES, index, index + MAX_NAME);
    index = skipWord(reader, plugin, 'by') ?? skipWord(reader, plugin, 'as');
  } else index = skipWord(reader, anchorEnd, 'by');
  if (index === undefined) return undefined;
  index = skipWord(reader, index, 'password') ?? skipWord(reader, index, 'values') ?? index;
  const quoted = quotedAt(reader, index);
  if (quoted !== undefined) {
    const isName = reader.at(quoted.start - 1) === DOUBLE_QUOTE && ONLY_LETTERS.test(textOf(reader, quoted));
    return isName ? undefined : passwordSpan(reader, quoted.start, quoted.end);
  }
  const { end } = wordAt(reader, index);
  const word = reader.text.slice(index, end).replace(/[;).,\\]+$/, '');
  return isBarePassword(word) && !goesOnInWords(reader, end)
    ? passwordSpan(reader, index, index + word.length)
    : undefined;
}

/** `SET PASSWORD FOR 'jo'@'%' = '…'` */
function parseSet(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  const user = quotedAt(reader, anchorEnd) ?? wordAt(reader, anchorEnd);
  const host = reader.at(user.next) === AT ? (quotedAt(reader, user.next + 1) ?? wordAt(reader, user.next + 1)) : user;
  const sign = reader.skip(BLANK, host.next, host.next + MAX_BLANKS);
  if (reader.at(sign) !== EQUALS) return undefined;
  const quoted = quotedAt(reader, reader.skip(BLANK, sign + 1, sign + 1 + MAX_BLANKS));
  return quoted === undefined ? undefined : passwordSpan(reader, quoted.start, quoted.end);
}

/** In a sentence words follow; a password has a digit or a sign, and no sign of markup or of code. */
function isBarePassword(word: string): boolean {
  return !ONLY_LETTERS.test(word) && /^[\w#$!^*~+?.@-]+$/.test(word) && !/^(?:[:?@*]|__[a-z\d]+__$)/.test(word);
}

const ONLY_LETTERS = /^[A-Za-z_-]+$/;
/** What SQL has behind a password. */
const CLAUSE =
  /^(?:with|default|account|replace|require|password|profile|quota|temporary|using|and|or|grant|expire|container|retain|externally|on|to|in|granted)\b/i;

function goesOnInWords(reader: Reader, end: number): boolean {
  const next = reader.skip(BLANK, end, end + MAX_BLANKS);
  if (next === end || !isIn(LETTERS, reader.at(next))) return false;
  const wordEnd = reader.skip(LETTERS, next, next + MAX_NAME);
  return !CLAUSE.test(reader.text.slice(next, wordEnd));
}

/** `INSERT INTO users (id, password) VALUES (1, '…'), (2, '…')` */
function parseInsert(reader: Reader, _start: number, anchorEnd: number): readonly Span[] | undefined {
  const into =
    skipWord(reader, anchorEnd, 'into') ?? skipWord(reader, skipWord(reader, anchorEnd, 'ignore') ?? anchorEnd, 'into');
  if (into === undefined) return undefined;
  const table = reader.skip(DOTTED | QUOTES, into, into + MAX_NAME);
  const open = reader.skip(BLANK, table, table + MAX_BLANKS);
  if (table === into || reader.at(open) !== OPENING_PARENTHESIS) return undefined;
  const columns = columnsAt(reader, open + 1);
  if (columns === undefined || columns.secret.size === 0) return undefined;
  let index = skipWord(reader, columns.end, 'values');
  const spans: Span[] = [];
  for (let rows = 0; rows < MAX_ROWS && index !== undefined && reader.at(index) === OPENING_PARENTHESIS; rows += 1) {
    index = readRow(reader, index + 1, columns.secret, spans);
    if (index === undefined || reader.at(index) !== COMMA) break;
    index = reader.skip(WHITESPACE, index + 1, index + 1 + MAX_BLANKS);
  }
  return spans.length > 0 ? spans : undefined;
}

/** `COPY users (id, password) FROM stdin;` and rows with tabs between their fields, as a dump of PostgreSQL has them. */
function parseCopy(reader: Reader, _start: number, table: number): readonly Span[] | undefined {
  const open = reader.skip(BLANK, reader.skip(DOTTED | QUOTES, table, table + MAX_NAME), table + MAX_NAME + MAX_BLANKS);
  if (reader.at(open) !== OPENING_PARENTHESIS) return undefined;
  const columns = columnsAt(reader, open + 1);
  if (columns === undefined || columns.secret.size === 0) return undefined;
  const from = skipWord(reader, columns.end, 'from');
  const input = from === undefined ? undefined : skipWord(reader, from, 'stdin;');
  const spans: Span[] = [];
  for (let rows = 0, row = input; rows < MAX_ROWS && row !== undefined && reader.at(row) !== BACKSLASH; rows += 1) {
    row = readFields(reader, row, columns.secret, spans);
  }
  return spans.length > 0 ? spans : undefined;
}

/** Reads one line of fields, adds its secrets to `spans`, and returns where the next one begins. */
function readFields(reader: Reader, from: number, secret: ReadonlySet<number>, spans: Span[]): number | undefined {
  let start = from;
  for (let column = 0; column < MAX_COLUMNS; column += 1) {
    let end = start;
    while (end - start < MAX_FIELD && !ENDS_FIELD.has(reader.at(end))) end += 1;
    const span = secret.has(column) && reader.at(start) !== BACKSLASH ? passwordSpan(reader, start, end) : undefined;
    if (span !== undefined) spans.push(span);
    if (reader.at(end) === NEWLINE) return end + 1;
    if (reader.at(end) !== TAB) return undefined;
    start = end + 1;
  }
  return undefined;
}

const ENDS_FIELD = new Set([TAB, NEWLINE, -1]);

interface Columns {
  readonly secret: ReadonlySet<number>;
  /** Behind the closing parenthesis. */
  readonly end: number;
}

/** Which of the columns listed at `from` hold secrets. */
function columnsAt(reader: Reader, from: number): Columns | undefined {
  const secret = new Set<number>();
  let index = from;
  for (let column = 0; column < MAX_COLUMNS; column += 1) {
    const start = reader.skip(WHITESPACE | QUOTES, index, index + MAX_BLANKS);
    const end = reader.skip(WORD, start, start + MAX_NAME);
    if (end === start) return undefined;
    if (holdsSecret(reader.text.slice(start, end))) secret.add(column);
    index = reader.skip(WHITESPACE | QUOTES, end, end + MAX_BLANKS);
    if (reader.at(index) === CLOSING_PARENTHESIS) return { secret, end: index + 1 };
    if (reader.at(index) !== COMMA) return undefined;
    index += 1;
  }
  return undefined;
}

function holdsSecret(column: string): boolean {
  return (
    secretNameOf(column) !== null || /(?:passw(?:or)?d|pass|pwd|token|secret)_?(?:hash|digest|salt)?$/i.test(column)
  );
}

/** Reads one row from behind its parenthesis, adds its secrets to `spans`, and returns where it ended. */
function readRow(reader: Reader, from: number, secret: ReadonlySet<number>, spans: Span[]): number | undefined {
  let index = from;
  for (let column = 0; column < MAX_COLUMNS; column += 1) {
    const start = reader.skip(WHITESPACE, index, index + MAX_BLANKS);
    const quote = reader.sees("n'", start) || reader.sees("e'", start) ? start + 1 : start;
    const quoted = quotedAt(reader, quote, MAX_FIELD);
    const end = quoted?.next ?? skipExpression(reader, start);
    if (quoted !== undefined && secret.has(column)) {
      const span = passwordSpan(reader, quoted.start, quoted.end);
      if (span !== undefined) spans.push(span);
    }
    index = reader.skip(WHITESPACE, end, end + MAX_BLANKS);
    if (reader.at(index) === CLOSING_PARENTHESIS) {
      const next = index + 1;
      return reader.skip(WHITESPACE, next, next + MAX_BLANKS);
    }
    if (reader.at(index) !== COMMA) return undefined;
    index += 1;
  }
  return undefined;
}

/** Past a number, a name or a call without nested ones. */
function skipExpression(reader: Reader, from: number): number {
  let depth = 0;
  let index = from;
  for (; index - from < MAX_FIELD; index += 1) {
    const code = reader.at(index);
    if (code === -1 || code === SEMICOLON) break;
    if (code === OPENING_PARENTHESIS) depth += 1;
    else if (code === CLOSING_PARENTHESIS && depth > 0) depth -= 1;
    else if (depth === 0 && (code === COMMA || code === CLOSING_PARENTHESIS)) break;
  }
  return index;
}

/** Past blanks, `word`, and blanks; undefined when another word stands there. */
function skipWord(reader: Reader, from: number, word: string): number | undefined {
  const start = reader.skip(WHITESPACE, from, from + MAX_BLANKS);
  if (!reader.sees(word, start) || isIn(LETTERS | DIGITS, reader.at(start + word.length))) return undefined;
  const end = start + word.length;
  return reader.skip(WHITESPACE, end, end + MAX_BLANKS);
}
