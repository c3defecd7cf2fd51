import { textOf, WHITE_ESCAPES } from '../literal.ts';
import { skipGlue } from '../glue.ts';
import { skipBackslashes } from '../backslashes.ts';
import { isIn, WHITESPACE } from '../../scan/alphabets.ts';
import { codesOf, BACKSLASH, COMMA, OPENING_BRACKET } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { isStandIn } from '../../judge/stand-in.ts';
import { isStrongWord } from '../../judge/strong-word.ts';
import type { SecretName } from './secret-name.ts';
import { isSecretValue } from './secret-value.ts';
import { valueAt, type Value } from './value.ts';

const SIGNS = codesOf(':=');
const MAX_LEAD = 12;
const MAX_LIST = 4096;
const MAX_GAP = 64;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The secrets of a list behind the plural of a name that ends at `nameEnd`: `tokens = ["…", "…"]`. Lists have names and
 * numbers far more often, so that only what can hardly be anything else is one.
 */
export function listedSecrets(reader: Reader, nameEnd: number, { chosenByPeople }: SecretName): Value[] {
  const values: Value[] = [];
  let index = skipGlue(reader, nameEnd, MAX_LEAD, SIGNS);
  if (reader.at(index) !== OPENING_BRACKET) return values;
  do {
    const value = valueAt(reader, skipWhite(reader, index + 1));
    if (value?.quoted !== true) break;
    values.push(value);
    index = skipWhite(reader, skipBackslashes(reader, value.end) + 1);
  } while (reader.at(index) === COMMA && index - nameEnd < MAX_LIST);
  const place = { ...LISTED, chosenByPeople, mayBeStrong: chosenByPeople };
  return values.filter((value) => {
    const text = textOf(reader, value);
    if (chosenByPeople && isStrongWord(text) && !isStandIn(text)) return true;
    return !UUID.test(text) && isSecretValue(text, place);
  });
}

/** Past whitespace, written out or not. */
function skipWhite(reader: Reader, from: number): number {
  let index = from;
  while (index - from < MAX_GAP) {
    if (isIn(WHITESPACE, reader.at(index))) index += 1;
    else if (reader.at(index) === BACKSLASH && WHITE_ESCAPES.has(reader.at(index + 1))) index += 2;
    else break;
  }
  return index;
}

const LISTED = {
  quoted: true,
  isWeak: true,
  inHeader: false,
  inCode: false,
  mayBePlain: false,
  mayBeNumber: false,
  mayBeChosen: false,
  isConnection: false,
};
