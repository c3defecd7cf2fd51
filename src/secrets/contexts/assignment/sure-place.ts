import { CLOSING_PARENTHESIS, EQUALS, SEMICOLON } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { isStandIn } from '../../judge/stand-in.ts';
import { mayBeCell } from './columns.ts';
import type { Found } from './found.ts';
import { isRow } from './line-end.ts';

const PASSWORD = /^password$/i;
const COLUMN_OF_PASSWORDS = /(?:^|[^a-z])password$/i;
/** What SQL has before a string: that it is one of another alphabet, or what it is made into. */
const OF_SQL = /^(?:n|(?:md5|sha[0-9_]*|crypt|encode|encrypt|password|hash_?bytes)\()'$/i;
const ONLY_LETTERS = /^[a-z]+$/i;
/**
 * Whether `text` is a password because of its place, whatever it looks like: beside the word `password` in a column, as
 * Vault prints what it keeps, and in a string of SQL: `PASSWORD('…')`, `password = N'…'`, `password = MD5('…')`.
 */
export function isSurelyPassword(reader: Reader, found: Found, text: string): boolean {
  if (!COLUMN_OF_PASSWORDS.test(found.rawName) || isStandIn(text)) return false;
  if (!isRow(reader, found)) return isStringOfSql(reader, found, text);
  return PASSWORD.test(found.rawName) && mayBeCell(text);
}

function isStringOfSql(reader: Reader, { separator, value }: Found, text: string): boolean {
  if (!value.quoted) return false;
  if (separator.sign === EQUALS) return OF_SQL.test(reader.text.slice(separator.valueStart, value.start));
  // A call with more arguments may be anything: `password('Enter it', { mask: true })`.
  if (separator.sort !== 'call' || reader.at(value.end + 1) !== CLOSING_PARENTHESIS) return false;
  return !ONLY_LETTERS.test(text) || reader.at(value.end + 2) === SEMICOLON;
}
