import { BASE64URL } from '../../scan/alphabets.ts';
import { DOT } from '../../scan/codes.ts';
import { startsToken } from '../../scan/left-edge.ts';
import type { Reader } from '../../scan/reader.ts';
import type { Anchor, Span } from '../../scan/span.ts';

const MIN_PART = 10;
const MAX_PART = 8192;

/** JSON Web Tokens: two or three base64url parts, the first of which begins with `{"`. */
export const JWT_ANCHOR: Anchor = { text: 'eyJ', exact: true, parse: parseJwt };

function parseJwt(reader: Reader, start: number): Span | undefined {
  if (!startsToken(reader, start)) return undefined;
  const header = reader.skip(BASE64URL, start, start + MAX_PART);
  if (header - start < MIN_PART || reader.at(header) !== DOT) return undefined;
  const payload = reader.skip(BASE64URL, header + 1, header + 1 + MAX_PART);
  if (payload - header <= MIN_PART) return undefined;
  if (reader.at(payload) !== DOT) return { kind: 'jwt', start, end: payload };
  const signature = reader.skip(BASE64URL, payload + 1, payload + 1 + MAX_PART);
  // A full stop is no signature.
  return { kind: 'jwt', start, end: signature > payload + 1 ? signature : payload };
}
