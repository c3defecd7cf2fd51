import { BLANK, DOTTED, isIn } from '../../scan/alphabets.ts';
import { codesOf, EQUALS } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';

const MAX_BLANKS = 16;
const MAX_TYPE = 32;
/** Words side by side that are a sentence rather than a type: `As New String` has three. */
const MAX_WORDS = 3;
/** What types have besides names: `&'static str`, `Option<&str>`, `string | null`, `char[]`. */
const TYPE_SIGNS = codesOf("&'<>[]?|* ");

/** Where the value begins that is assigned behind a type, `: &str = value` from its type on, or undefined. */
export function valueAfterType(reader: Reader, from: number): number | undefined {
  const type = reader.skip(BLANK, from, from + MAX_BLANKS);
  let end = type;
  let previous = -1;
  let words = 1;
  for (; end - type < MAX_TYPE; end += 1) {
    const code = reader.at(end);
    if (!isIn(DOTTED, code) && !TYPE_SIGNS.has(code)) break;
    if (!isIn(DOTTED | BLANK, code)) words = 0;
    else if (isIn(DOTTED, code) && isIn(BLANK, previous)) words += 1;
    if (words > MAX_WORDS) return undefined;
    previous = code;
  }
  if (!isIn(BLANK, previous) || reader.at(end) !== EQUALS || !isIn(BLANK, reader.at(end + 1))) return undefined;
  const nameEnd = reader.skip(DOTTED, type, type + MAX_TYPE);
  // Without a word there is no type: `name = = value`.
  if (nameEnd === type && !TYPE_SIGNS.has(reader.at(type))) return undefined;
  return reader.skip(BLANK, end + 1, end + 1 + MAX_BLANKS);
}
