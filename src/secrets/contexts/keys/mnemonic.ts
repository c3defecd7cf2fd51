import { BLANK, isIn, LETTERS, LOWER_CASE, QUOTES, WORD } from '../../scan/alphabets.ts';
import { BACKSLASH, COLON, EQUALS, GREATER } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';

const MAX_NAME = 24;
const MAX_GLUE = 12;
const MIN_WORD = 3;
const MAX_WORD = 8;
const MAX_WORDS = 24;
/** How many words such a phrase has. */
const COUNTS = new Set([12, 15, 18, 21, 24]);
const MIN_VARIETY = 8;

/** The words that a wallet's keys come from, behind their name: `MNEMONIC="abandon ability …"`, of 12 to 24 words. */
export const MNEMONIC_ANCHORS: readonly Anchor[] = [
  'mnemonic',
  'seed phrase',
  'seed_phrase',
  'seedphrase',
  'recovery phrase',
  'recovery_phrase',
].map((text) => anchorAt(text, parsePhrase));

function parsePhrase(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  const nameEnd = reader.skip(WORD, anchorEnd, anchorEnd + MAX_NAME);
  const start = skipSign(reader, nameEnd);
  if (start === undefined) return undefined;
  const words = new Set<string>();
  let count = 0;
  let end = start;
  for (let index = start; count < MAX_WORDS;) {
    const wordEnd = reader.skip(LOWER_CASE, index, index + MAX_WORD + 1);
    if (wordEnd - index < MIN_WORD || wordEnd - index > MAX_WORD) break;
    words.add(reader.text.slice(index, wordEnd));
    count += 1;
    end = wordEnd;
    index = wordEnd + 1;
    if (!isIn(BLANK, reader.at(wordEnd))) break;
  }
  // In a sentence more words follow, or longer ones.
  const goesOn = isIn(BLANK, reader.at(end)) && isIn(LETTERS, reader.at(end + 1));
  if (goesOn || !COUNTS.has(count) || words.size < MIN_VARIETY) return undefined;
  return { kind: 'seed-phrase', start, end };
}

/** Past a sign and what stands around it: `: `, ` = "`, `":"`, `=>`. */
function skipSign(reader: Reader, from: number): number | undefined {
  let hasSign = false;
  for (let index = from; index - from < MAX_GLUE; index += 1) {
    const code = reader.at(index);
    if (code === COLON || code === EQUALS || code === GREATER) hasSign = true;
    else if (!isIn(BLANK | QUOTES, code) && code !== BACKSLASH) return hasSign ? index : undefined;
  }
  return undefined;
}
