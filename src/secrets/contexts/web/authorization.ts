import { BASE64, BLANK, TOKEN68 } from '../../scan/alphabets.ts';
import { startsToken } from '../../scan/left-edge.ts';
import { looksLikePlaceholder } from '../../judge/placeholder-words.ts';
import { isWordy } from '../../judge/wordy.ts';
import { mixesLettersAndDigits } from '../../judge/value-shape.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';

const MAX_BLANKS = 8;
const MAX_CREDENTIALS = 8192;
const MIN_BEARER = 12;
const MIN_BASIC = 8;
const MAX_DECODED = 1024;
/** `realm=app1`: what an answer says of the scheme. */
const PARAMETER =
  /^(?:realm|scope|error|error_description|error_uri|charset|algorithm|qop|authorization_uri|resource_metadata)=[^=]/;
/** `auth=basic-v2`: the next field of a line, which has a word. */
const FIELD = /^(?:auth|method|type|scheme|grant_type|auth_method|auth_type)=([a-z]{3,}(?:[_-][a-z]+)*(?:[_-]v?\d)?)$/;

/** The credentials after `Bearer`, wherever that stands: a header, a command, a sentence. */
export const BEARER_ANCHOR: Anchor = anchorAt('bearer', parseBearer);

/** The credentials after `Basic`, when they are what that scheme says: `user:password` in base64. */
export const BASIC_ANCHOR: Anchor = anchorAt('basic', parseBasic);

function parseBearer(reader: Reader, anchorStart: number, anchorEnd: number): Span | undefined {
  const start = credentialsAt(reader, anchorStart, anchorEnd);
  if (start === undefined) return undefined;
  const end = reader.skip(TOKEN68, start, start + MAX_CREDENTIALS);
  const token = reader.text.slice(start, end);
  if (token.length < MIN_BEARER || !mixesLettersAndDigits(token) || looksLikePlaceholder(token)) return undefined;
  // Where the scheme is described.
  if (token.includes('://') || PARAMETER.test(token) || isWordy(FIELD.exec(token)?.[1] ?? '')) return undefined;
  return { kind: 'bearer-token', start, end };
}

function parseBasic(reader: Reader, anchorStart: number, anchorEnd: number): Span | undefined {
  const start = credentialsAt(reader, anchorStart, anchorEnd);
  if (start === undefined) return undefined;
  const end = reader.skip(BASE64, start, start + MAX_CREDENTIALS);
  if (end - start < MIN_BASIC || !holdsUserAndPassword(reader.text.slice(start, end))) return undefined;
  return { kind: 'basic-credentials', start, end };
}

function credentialsAt(reader: Reader, anchorStart: number, anchorEnd: number): number | undefined {
  if (!startsToken(reader, anchorStart)) return undefined;
  const start = reader.skip(BLANK, anchorEnd, anchorEnd + MAX_BLANKS);
  return start > anchorEnd ? start : undefined;
}

function holdsUserAndPassword(encoded: string): boolean {
  const bytes = Buffer.from(encoded.slice(0, MAX_DECODED), 'base64');
  const decoded = bytes.toString('latin1');
  const colon = decoded.indexOf(':');
  // Printable on both sides: ordinary words happen to be base64 as well.
  if (colon < 0 || colon === decoded.length - 1 || !/^[\x20-\x7e\x80-\xff]+$/.test(decoded)) return false;
  return /[\d=]/.test(encoded) || !bytes.toString('utf8').includes('\ufffd');
}
