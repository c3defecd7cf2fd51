import { DIGITS, DOTTED } from './scan/alphabets.ts';
import { CLOSING_BRACKET, HASH } from './scan/codes.ts';
import type { Reader } from './scan/reader.ts';
import { KEPT } from './scan/span.ts';
import type { Anchor, Span } from './scan/span.ts';

const OPENING = '[REDACTED:';
const MAX_KIND = 64;
const MAX_DIGITS = 10;
/** Secrets are told apart by their beginning: a private key need not be kept whole to be known again. */
const IDENTITY_LENGTH = 4096;
/** Beyond this many different secrets, text is hostile or huge: masked all the same, but no longer recognised. */
const MAX_REMEMBERED = 100_000;

/**
 * Steps over placeholders of an earlier pass, which is what makes redaction idempotent. Only those of `kinds`: anything
 * else in their place could be a secret that is dressed up as one.
 */
export function placeholderAnchor(kinds: ReadonlySet<string>): Anchor {
  return {
    text: OPENING,
    exact: true,
    parse: (reader, start, kindStart) => parsePlaceholder(reader, start, kindStart, kinds),
  };
}

function parsePlaceholder(
  reader: Reader,
  start: number,
  kindStart: number,
  kinds: ReadonlySet<string>,
): Span | undefined {
  const kindEnd = reader.skip(DOTTED, kindStart, kindStart + MAX_KIND);
  if (reader.at(kindEnd) !== HASH || !kinds.has(reader.text.slice(kindStart, kindEnd))) return undefined;
  const end = reader.skip(DIGITS, kindEnd + 1, kindEnd + 1 + MAX_DIGITS);
  return reader.at(end) === CLOSING_BRACKET ? { kind: KEPT, start, end: end + 1 } : undefined;
}

/** A masked secret's stand-in, and the kind it was first seen as. */
export interface Placeholder {
  readonly kind: string;
  readonly text: string;
}

/**
 * Gives every secret its placeholder, `[REDACTED:kind#n]`, numbered per kind by first appearance. The same secret
 * always gets the same one, whatever it is seen as later, and the number says nothing about the secret.
 */
export function createPlaceholders(): (secret: string, kind: string) => Placeholder {
  const known = new Map<string, Placeholder>();
  const counts = new Map<string, number>();
  return (secret, kind) => {
    const identity = secret.length > IDENTITY_LENGTH ? secret.slice(0, IDENTITY_LENGTH) : secret;
    const seen = known.get(identity);
    if (seen !== undefined) return seen;
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    const placeholder = { kind, text: `${OPENING}${kind}#${number}]` };
    if (known.size < MAX_REMEMBERED) known.set(detached(identity), placeholder);
    return placeholder;
  };
}

/** A copy of its own: a slice would keep the whole text it was cut from in memory. */
function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
