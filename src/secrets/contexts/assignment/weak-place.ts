import { BLANK, isIn, LETTERS, QUOTES } from '../../scan/alphabets.ts';
import { BAR, COLON, EQUALS, SEMICOLON } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { MAX_PAIR_GAP } from '../../scan/text-boundaries.ts';
import { DIRECTIVE, isAllCapitals, type Found } from './found.ts';
import { endsLine, isRow, isWholeLine, skipBlanks } from './line-end.ts';
import type { Value } from './value.ts';

/** Whether letters, digits and signs in a row are a password here though the place is weak. */
export function mayBeStrong(reader: Reader, { separator, value, nameStart, rawName, name }: Found): boolean {
  if (separator.sort === 'cell') {
    const isAlone = reader.beginsLine(nameStart) && endsLine(reader, value.end);
    return name.chosenByPeople && (isAlone || reader.at(skipBlanks(reader, value.end)) === BAR);
  }
  return name.chosenByPeople
    ? separator.sort === 'flag' || separator.sort === 'is'
    : separator.sort === 'sign' && SHARED_SECRET.test(rawName) && isWholeLine(reader, nameStart, value);
}

/** What people choose for the two ends of a connection. */
const SHARED_SECRET = /^(?:shared_?)?secret$/i;

/** Whether the place alone is no reason to take a value for a secret. */
export function isWeakPlace(reader: Reader, found: Found): boolean {
  const { separator, value, nameStart, rawName, name } = found;
  if (separator.sort === 'cell') return !value.quoted && !(rawName.includes('_') && isAllCapitals(rawName));
  if (separator.sort === 'is') return !name.chosenByPeople;
  if (separator.sort === 'flag') {
    if (isRow(reader, found)) return false;
    return !rawName.startsWith('-') && !DIRECTIVE.test(rawName) && !isLineOfFile(reader, rawName, value);
  }
  if (separator.sort !== 'blank' || name.chosenByPeople || rawName.startsWith('-')) return false;
  return reader.before(nameStart) !== COLON && !(rawName.includes('_') && isAllCapitals(rawName));
}

/** `ENV DB_PASSWORD value`: a variable's name, and nothing behind the value. */
function isLineOfFile(reader: Reader, rawName: string, value: Value): boolean {
  return rawName.includes('_') && isAllCapitals(rawName) && endsLine(reader, value.end);
}

/** As in a connection string: `Server=db;Uid=jo;Pwd=…;`, or in quotes where one begins: `"Pwd =…;Initial Catalog=…"`. */
export function isInConnection(reader: Reader, { separator, nameStart, value }: Found): boolean {
  if (separator.sign !== EQUALS || value.quoted || reader.at(value.start - 1) !== EQUALS) return false;
  const last = reader.at(value.end);
  let start = nameStart;
  while (nameStart - start < MAX_PAIR_GAP && isIn(BLANK, reader.before(start))) start -= 1;
  const before = reader.before(start);
  if (before === SEMICOLON) return last === SEMICOLON || last === -1 || isIn(QUOTES, last);
  return isIn(QUOTES, before) && last === SEMICOLON && isPair(reader, skipBlanks(reader, value.end + 1));
}

const MAX_KEY = 32;

/** `Initial Catalog=` */
function isPair(reader: Reader, from: number): boolean {
  let end = from;
  while (end - from < MAX_KEY && (isIn(LETTERS, reader.at(end)) || isIn(BLANK, reader.at(end)))) end += 1;
  return end > from && reader.at(end) === EQUALS && reader.at(end + 1) !== EQUALS;
}
