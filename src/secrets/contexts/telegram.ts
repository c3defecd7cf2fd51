import { BASE64URL, DIGITS, isIn } from '../scan/alphabets.ts';
import { startsToken } from '../scan/left-edge.ts';
import type { Reader } from '../scan/reader.ts';
import type { Anchor, Span } from '../scan/span.ts';

const MIN_DIGITS = 8;
const MAX_DIGITS = 10;
const MIN_SECRET = 32;
const MAX_SECRET = 33;

/** Telegram bot tokens: the bot's number, a colon, and 34 or 35 characters that begin with `AA`. */
export const TELEGRAM_ANCHOR: Anchor = { text: ':AA', exact: true, parse: parseTelegram };

function parseTelegram(reader: Reader, colon: number, secretStart: number): Span | undefined {
  let start = colon;
  while (colon - start < MAX_DIGITS && isIn(DIGITS, reader.before(start))) start -= 1;
  const end = reader.skip(BASE64URL, secretStart, secretStart + MAX_SECRET);
  const isToken = colon - start >= MIN_DIGITS && end - secretStart >= MIN_SECRET && mayStart(reader, start);
  return isToken ? { kind: 'telegram-token', start, end } : undefined;
}

/** `https://api.telegram.org/bot123:AA…` glues a word to the number. */
function mayStart(reader: Reader, start: number): boolean {
  return startsToken(reader, start) || reader.text.slice(Math.max(reader.floor, start - 3), start) === 'bot';
}
