import { BASE64URL, ACCOUNT_SIGNS, BLANK, ENCODED, isIn, QUOTES, TOKEN68 } from '../../scan/alphabets.ts';
import { BACKSLASH, CLOSING_BRACKET, COLON, COMMA, EQUALS, GREATER } from '../../scan/codes.ts';
import { looksDrawn } from '../../judge/looks-drawn.ts';
import { mixesLettersAndDigits } from '../../judge/value-shape.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { skipBackslashes } from '../backslashes.ts';
import { quotedAt } from '../literal.ts';
import { isStandIn } from '../../judge/stand-in.ts';

const MAX_GLUE = 12;
const MAX_NAME = 48;
const MAX_PAIRS = 24;
const MAX_VALUE = 1024;
const MAX_CREDENTIALS = 8192;
const MIN_CREDENTIALS = 8;
const MIN_BASIC = 20;
const JUDGED = 128;

/** The parameters of an Authorization header that prove who is asking; realm, nonce and key id do not. */
const PROOFS = new Set(
  'response signature oauth_token oauth_signature oauth_verifier token auth apikey api_key api-key key secret passworddigest mac hash pveapitoken access_token credentials'.split(
    ' ',
  ),
);

/**
 * The credentials of an `Authorization` header, of whatever scheme: `Token …`, `SSWS …`, `Negotiate …`, the proofs
 * among the parameters of `Digest`, `OAuth`, `AWS4-HMAC-SHA256`. `Bearer` is known wherever it stands, and so is `Basic`
 * where its credentials can be read.
 */
export const AUTHORIZATION_ANCHORS: readonly Anchor[] = ['authorization', 'x-wsse'].map((name) =>
  anchorAt(name, parseHeader),
);

export const AUTHORIZATION_KINDS = ['authorization'];

function parseHeader(reader: Reader, _start: number, anchorEnd: number): readonly Span[] | undefined {
  const scheme = headerValueAt(reader, anchorEnd);
  if (scheme === undefined) return undefined;
  const schemeEnd = reader.skip(BASE64URL, scheme, scheme + MAX_NAME);
  if (schemeEnd === scheme || reader.sees('bearer ', scheme)) return undefined;
  const from = reader.skip(BLANK, schemeEnd, schemeEnd + MAX_GLUE);
  // `Authorization: PVEAPIToken=user@pam!id=…`, and a header that is nothing but a token.
  if (from === schemeEnd) return reader.at(from) === EQUALS ? proofsAt(reader, scheme) : undefined;
  return reader.sees('basic ', scheme)
    ? basicAt(reader, from)
    : (proofsAt(reader, from) ?? credentialsAt(reader, from));
}

/** Where the value of a header begins whose name ended just before: behind `: `, `": "`, `", "`, `'] = '`. */
export function headerValueAt(reader: Reader, from: number): number | undefined {
  let hasSign = false;
  for (let index = from; index - from < MAX_GLUE; index += 1) {
    const code = reader.at(index);
    if (code === COLON || code === EQUALS || (code === COMMA && index > from) || code === GREATER) hasSign = true;
    else if (!isIn(BLANK | QUOTES, code) && code !== BACKSLASH && code !== CLOSING_BRACKET) {
      return hasSign ? valueField(reader, index) : undefined;
    }
  }
  return undefined;
}

/** Past the name of the field that has the value, as archives of requests have it: `"Cookie", "value": "…"`. */
function valueField(reader: Reader, from: number): number {
  if (!reader.sees('value', from)) return from;
  const quote = skipBackslashes(reader, from + 'value'.length);
  if (!isIn(QUOTES, reader.at(quote))) return from;
  const colon = reader.skip(BLANK, quote + 1, quote + 1 + MAX_GLUE);
  const value = reader.skip(BLANK, colon + 1, colon + 1 + MAX_GLUE);
  const opening = skipBackslashes(reader, value);
  return reader.at(colon) === COLON && isIn(QUOTES, reader.at(opening)) ? opening + 1 : from;
}

/** What Basic sends is base64 of a user and a password; a header may have been changed to show it, or hold a key. */
function basicAt(reader: Reader, start: number): readonly Span[] | undefined {
  const [span] = credentialsAt(reader, start) ?? [];
  const isDrawn = span !== undefined && span.end - start >= MIN_BASIC && looksDrawn(reader.text, start, span.end);
  return isDrawn ? [{ ...span, kind: 'basic-credentials' }] : undefined;
}

function credentialsAt(reader: Reader, start: number): readonly Span[] | undefined {
  const end = reader.skip(TOKEN68, start, start + MAX_CREDENTIALS);
  const token = reader.text.slice(start, Math.min(end, start + JUDGED));
  if (token.length < MIN_CREDENTIALS || !mixesLettersAndDigits(token) || isStandIn(token)) return undefined;
  return [{ kind: 'authorization', start, end }];
}

/** The proofs among `name=value, name="value"`, or undefined when no such list stands there. */
function proofsAt(reader: Reader, from: number): readonly Span[] | undefined {
  const spans: Span[] = [];
  let index = from;
  for (let pairs = 0; pairs < MAX_PAIRS; pairs += 1) {
    const nameEnd = reader.skip(BASE64URL, index, index + MAX_NAME);
    if (nameEnd === index || reader.at(nameEnd) !== EQUALS) break;
    const name = reader.text.slice(index, nameEnd).toLowerCase();
    const quoted = quotedAt(reader, nameEnd + 1, MAX_VALUE);
    const start = quoted?.start ?? nameEnd + 1;
    const end = quoted?.end ?? skipBareValue(reader, start);
    // An equals sign and nothing more is the padding of a token, and what does not end is no list.
    if (end === start || end - start >= MAX_VALUE) break;
    if (
      PROOFS.has(name) &&
      !isIn(BLANK, reader.at(start)) &&
      end - start >= MIN_CREDENTIALS &&
      !isStandIn(reader.text.slice(start, Math.min(end, start + JUDGED)))
    ) {
      spans.push({ kind: 'authorization', start, end });
    }
    index = skipComma(reader, quoted?.next ?? end);
  }
  return spans.length > 0 ? spans : undefined;
}

function skipBareValue(reader: Reader, from: number): number {
  return reader.skip(TOKEN68 | ENCODED | ACCOUNT_SIGNS, from, from + MAX_VALUE);
}

function skipComma(reader: Reader, from: number): number {
  const comma = reader.skip(BLANK, from, from + 4);
  return reader.at(comma) === COMMA ? reader.skip(BLANK, comma + 1, comma + 5) : comma;
}
