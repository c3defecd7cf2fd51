import { DOTTED, isIn, TOKEN68 } from '../../scan/alphabets.ts';
import { codesOf, PERCENT } from '../../scan/codes.ts';
import { looksLikePlaceholder } from '../../judge/placeholder-words.ts';
import { isWordy } from '../../judge/wordy.ts';
import { shapeOf } from '../../judge/value-shape.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';

const MIN_VALUE = 16;
const MAX_VALUE = 8192;
const JUDGED = 64;
const MIN_CHANGES = 4;
/** A key is shorter; what is longer is the state of a page, packed into its address. */
const MAX_KEY = 44;

/**
 * Values in a query whose names are too common to be telling elsewhere: signatures of addresses that open by
 * themselves (`sig=`, `X-Amz-Signature=`), authorization codes, keys, SAML responses. Only those that look drawn.
 */
export const URL_QUERY_ANCHORS: readonly Anchor[] = [
  'sig=',
  'signature=',
  'hmac=',
  'code=',
  'appid=',
  '?key=',
  '&key=',
  ';key=',
  'samlresponse=',
  'samlart=',
  'assertion=',
].map((name) => anchorAt(name, parseQueryValue));

export const URL_QUERY_KINDS = ['url-secret'];

/** Whether it is what a playground is to run, or a name in it, and not what a server hands out. */
function isSource(value: string): boolean {
  return SOURCE.test(value) || isWordy(value);
}

/** Blanks and line ends in an address. */
const SOURCE = /\+|%0A|%20/i;

/** What leads to a parameter's name: `?`, `&`, `&amp;`, an escape's end (`\u0026`), or words joined to the name. */
const LEADS = codesOf('?&;6');
const JOINED = codesOf('-_');

function parseQueryValue(reader: Reader, start: number, valueStart: number): Span | undefined {
  if (!beginsName(reader, start)) return undefined;
  const judgedEnd = skipValue(reader, valueStart, JUDGED);
  if (!isDrawn(reader.text, valueStart, judgedEnd)) return undefined;
  if (reader.sees('code=', valueStart - 5) && isSource(reader.text.slice(valueStart, judgedEnd))) return undefined;
  const end = judgedEnd - valueStart < JUDGED ? judgedEnd : skipValue(reader, judgedEnd, MAX_VALUE);
  if (reader.sees('key=', valueStart - 4) && end - valueStart > MAX_KEY) return undefined;
  return { kind: 'url-secret', start: valueStart, end };
}

/** `?code=`, `&X-Amz-Signature=`; at the start of a token too, for a form's body: `code=…&state=…`. */
function beginsName(reader: Reader, start: number): boolean {
  if (LEADS.has(reader.at(start))) return true;
  const previous = reader.before(start);
  if (previous === -1 || !isIn(DOTTED, previous)) return true;
  if (LEADS.has(previous)) return true;
  if (!JOINED.has(previous)) return false;
  // `X-Amz-Signature`, `oauth_signature`, not `area_code`.
  return reader.sees('sig', start);
}

/** A value is judged by its beginning, so that rejecting one is cheap however often it is tried. */
function skipValue(reader: Reader, from: number, limit: number): number {
  let end = from;
  while (end - from < limit && (isIn(TOKEN68, reader.at(end)) || reader.at(end) === PERCENT)) end += 1;
  return end;
}

function isDrawn(text: string, start: number, end: number): boolean {
  if (end - start < MIN_VALUE) return false;
  const shape = shapeOf(text, start, end);
  if (shape.letters === 0 || shape.digits < 2 || shape.changes < MIN_CHANGES) return false;
  return !looksLikePlaceholder(text.slice(start, end));
}
