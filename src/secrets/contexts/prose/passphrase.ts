import { skipBackslashes } from '../backslashes.ts';
import { passwordSpan } from '../password-span.ts';
import { BLANK, isIn, QUOTES } from '../../scan/alphabets.ts';
import { COLON, EQUALS } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { quotedAt, textOf } from '../literal.ts';

const NAME = 'passphrase';
const MAX_BLANKS = 4;
const MAX_PHRASE = 128;
/** Words in a row, numbers among them. */
const PHRASE = /^(?:[a-z]{3,}|\d{1,4})(?:[ -](?:[a-z]{3,}|\d{1,4})){2,}$/;
const LONG_PHRASE = /^\S+(?:[ -]\S+){3,}$/;
/** Words of what is said about a passphrase, or asks for it. */
const ABOUT_ONE =
  /\b(?:pass\w*|keys?|secret|enters?|type|your|the|this|that|for|from|with|without|used?|must|not|and|are|was|will|when|has|have|none|file|environment|optional|required|default|example)\b/;

/** Passphrases of words, in quotes: `BORG_PASSPHRASE='correct horse 9'`, `passphrase: "tulip orbit kitten march"`. */
export const PASSPHRASE_ANCHOR: Anchor = anchorAt(NAME, parsePassphrase);

function parsePassphrase(reader: Reader, start: number, nameEnd: number): Span | undefined {
  const quote = skipBackslashes(reader, nameEnd);
  const end = isIn(QUOTES, reader.at(quote)) ? quote + 1 : nameEnd;
  const sign = reader.skip(BLANK, end, end + MAX_BLANKS);
  if (reader.at(sign) !== EQUALS && reader.at(sign) !== COLON) return undefined;
  const phrase = quotedAt(reader, reader.skip(BLANK, sign + 1, sign + 1 + MAX_BLANKS), MAX_PHRASE);
  if (phrase === undefined) return undefined;
  const text = textOf(reader, phrase);
  if (!PHRASE.test(text) || ABOUT_ONE.test(text)) return undefined;
  const isVariable = reader.text.slice(start, nameEnd) === NAME.toUpperCase();
  return isVariable || LONG_PHRASE.test(text) ? passwordSpan(reader, phrase.start, phrase.end) : undefined;
}
