import { passwordSpan } from '../password-span.ts';
import { skipBackslashes } from '../backslashes.ts';
import { BLANK, isIn, QUOTES, WHITESPACE } from '../../scan/alphabets.ts';
import { AT, BACKSLASH, COLON, LETTER_N, OPENING_BRACKET, SLASH } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import type { Anchor, Span } from '../../scan/span.ts';

const MAX_FIELD = 128;

/** The password of a line in `.pgpass`: `host:port:database:user:password`, found by its port. */
export const PGPASS_ANCHORS: readonly Anchor[] = [
  ':5432:',
  ':5433:',
  ':5434:',
  ':5439:',
  ':6432:',
  ':6543:',
  ':26257:',
  ':*:',
].map((text) => ({ text, exact: true, parse: parsePgpass }));

function parsePgpass(reader: Reader, start: number, database: number): Span | undefined {
  if (!hostEndsAt(reader, start)) return undefined;
  const user = skipField(reader, database);
  const password = user === undefined ? undefined : skipField(reader, user);
  if (password === undefined) return undefined;
  const end = skipPassword(reader, password);
  if (end !== undefined && isAccount(reader, database, password, end)) return undefined;
  // One colon more and it is a line of another file, such as `/etc/shadow`.
  return end === undefined ? undefined : passwordSpan(reader, password, end);
}

/** `list:*:38:38:Mailing List Manager:/var/list:…`: the numbers of a user and a group, a name in words, and a folder. */
function isAccount(reader: Reader, database: number, password: number, end: number): boolean {
  if (!/^\d+:\d+:$/.test(reader.text.slice(database, password)) || !isIn(BLANK, reader.at(end))) return false;
  return reader.seek({ words: ':/', from: end, limit: end + MAX_FIELD }) >= 0;
}

/** Whether what stands left of the port is a host and nothing more: `arn:aws:logs:*:*:…` is no such line. */
function hostEndsAt(reader: Reader, end: number): boolean {
  let start = end;
  for (; end - start < MAX_FIELD; start -= 1) {
    const code = reader.before(start);
    if (code === -1 || isIn(WHITESPACE | QUOTES, code)) break;
    // In a string of JSON a line begins behind `\n`.
    if (code === LETTER_N && start < end && reader.before(start - 1) === BACKSLASH) break;
    if (code === SLASH || code === COLON) return false;
  }
  return start < end;
}

/** Past the colon that ends a field, or undefined when the field is empty or no such colon follows. */
function skipField(reader: Reader, from: number): number | undefined {
  for (let index = from; index - from < MAX_FIELD; index += 1) {
    const code = reader.at(index);
    if (code === COLON) return index > from ? index + 1 : undefined;
    if (code === BACKSLASH && !isEscaped(reader, index)) return undefined;
    if (code === BACKSLASH) index += 1;
    else if (
      code === -1 ||
      code === SLASH ||
      code === AT ||
      code === OPENING_BRACKET ||
      isIn(WHITESPACE | QUOTES, code)
    )
      return undefined;
  }
  return undefined;
}

function skipPassword(reader: Reader, from: number): number | undefined {
  for (let index = from; index - from < MAX_FIELD; index += 1) {
    const code = reader.at(index);
    if (code === COLON) return undefined;
    if (code === -1 || isIn(WHITESPACE | QUOTES, code)) return index;
    if (code !== BACKSLASH) continue;
    if (!isEscaped(reader, index) || beginsNewline(reader, index)) return index;
    index += 1;
  }
  return from + MAX_FIELD;
}

/** A newline written out in a string, or in a string of a string. */
function beginsNewline(reader: Reader, backslash: number): boolean {
  return reader.at(skipBackslashes(reader, backslash)) === LETTER_N;
}

/** Colons and backslashes of a field are written with a backslash; before other letters it is a line's end. */
function isEscaped(reader: Reader, backslash: number): boolean {
  const next = reader.at(backslash + 1);
  return next === COLON || next === BACKSLASH;
}
