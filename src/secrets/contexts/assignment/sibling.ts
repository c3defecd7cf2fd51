import { skipBackslashes } from '../backslashes.ts';
import { BLANK, DOTTED, isIn, QUOTES } from '../../scan/alphabets.ts';
import { CLOSING_BRACE, COLON, COMMA, EQUALS, HASH, NEWLINE, OPENING_BRACE } from '../../scan/codes.ts';
import { foldCase } from '../../scan/reader.ts';
import type { Reader } from '../../scan/reader.ts';
import type { Separator } from './separator.ts';

const MAX_DISTANCE = 160;
const MAX_BLANKS = 16;
/** The fields of an object whose name is in another field of it. */
const FIELDS = ['value', 'secretstring', 'plaintext'];
const FIRST_LETTERS = new Set(FIELDS.map((field) => field.charCodeAt(0)));

/**
 * The value in another field than the name's, in the same object or element: `"Name": "…/password", "Type": "String",
 * "Value": "…"`, lines of YAML with a comment between them.
 */
export function siblingAfter(reader: Reader, nameStart: number, nameEnd: number): Separator | undefined {
  if (!isValue(reader, nameEnd)) return undefined;
  const name = reader.text.slice(nameStart, nameEnd).toLowerCase();
  for (let index = nameEnd; index - nameEnd < MAX_DISTANCE; index += 1) {
    const code = reader.at(index);
    // The next one of that name looks after itself.
    if (foldCase(code) === name.charCodeAt(0) && reader.sees(name, index)) return undefined;
    if (code === -1 || code === OPENING_BRACE || code === CLOSING_BRACE) return undefined;
    // The next name looks after itself.
    if (index - nameEnd > 4 && !isIn(DOTTED, reader.at(index - 1)) && reader.sees('name', index)) return undefined;
    if (!FIRST_LETTERS.has(foldCase(code)) || isIn(DOTTED, reader.at(index - 1))) continue;
    const field = FIELDS.find((word) => reader.sees(word, index));
    if (field === undefined || isIn(DOTTED, reader.at(index + field.length))) continue;
    const value = valueOf(reader, index + field.length);
    if (value !== undefined) return { sort: 'attribute', valueStart: value };
  }
  return undefined;
}

/** Whether a name is a value itself: the end of a string and no key, or of a line with a comment below it. */
function isValue(reader: Reader, nameEnd: number): boolean {
  const index = skipBackslashes(reader, nameEnd);
  if (reader.at(index) === NEWLINE) return reader.at(reader.skip(BLANK, index + 1, index + 1 + MAX_DISTANCE)) === HASH;
  if (!isIn(QUOTES, reader.at(index))) return false;
  const next = reader.at(index + 1);
  return next === COMMA || isIn(BLANK, next);
}

function valueOf(reader: Reader, from: number): number | undefined {
  let index = skipBackslashes(reader, from);
  if (isIn(QUOTES, reader.at(index))) index += 1;
  const sign = reader.skip(BLANK, index, index + MAX_BLANKS);
  if (reader.at(sign) !== COLON && reader.at(sign) !== EQUALS) return undefined;
  return reader.skip(BLANK, sign + 1, sign + 1 + MAX_BLANKS);
}
