import { skipSign } from '../glue.ts';
import { BASE64URL, WORD } from '../../scan/alphabets.ts';
import { codesOf, COLON, COMMA } from '../../scan/codes.ts';
import { looksDrawn } from '../../judge/looks-drawn.ts';
import type { Reader } from '../../scan/reader.ts';
import type { Anchor, Span } from '../../scan/span.ts';

/** A JSON Web Key has no more members than this. */
const MAX_MEMBERS = 14;
const MAX_GLUE = 24;
const MAX_NAME = 16;
const MAX_VALUE = 2800;
const MIN_PRIVATE = 20;

const BRACKETS = codesOf('[]');
const PRIVATE_MEMBERS = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']);

/**
 * The private members of a JSON Web Key. Its type `kty` tells what it is, and may stand before them or behind: keys
 * are often written in the order of the alphabet.
 */
export const JWK_ANCHORS: readonly Anchor[] = [
  { text: 'kty', exact: true, parse: parseFromType },
  ...['"d"', '"p"', '"q"', '"dp"', '"dq"', '"qi"', '"k"', '"d\\"', '"p\\"', '"q\\"', '"dp\\"', '"k\\"'].map((text) => ({
    text,
    exact: true,
    parse: parseFromMember,
  })),
];

function parseFromType(reader: Reader, start: number): readonly Span[] | undefined {
  const members = membersFrom(reader, start);
  return members.length > 1 && members[0]?.name === 'kty' ? privateSpans(reader, members.slice(1)) : undefined;
}

function parseFromMember(reader: Reader, start: number): readonly Span[] | undefined {
  const members = membersFrom(reader, start + 1);
  const first = members[0];
  if (first === undefined || !isPrivate(reader, first)) return undefined;
  return members.some(({ name }) => name === 'kty') ? privateSpans(reader, members) : undefined;
}

interface Member {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The members of a flat object, `name": "value"` and so on, from the name at `from`; a second `kty` ends them. */
function membersFrom(reader: Reader, from: number): readonly Member[] {
  const members: Member[] = [];
  let isTyped = false;
  for (let index: number | undefined = from; index !== undefined && members.length < MAX_MEMBERS;) {
    const nameEnd = reader.skip(WORD | BASE64URL, index, index + MAX_NAME);
    const name = reader.text.slice(index, nameEnd);
    const value: number | undefined = skipSign(reader, nameEnd, MAX_GLUE, COLON, BRACKETS);
    if (nameEnd === index || value === undefined || (name === 'kty' && isTyped)) break;
    isTyped ||= name === 'kty';
    const end = reader.skip(BASE64URL, value, value + MAX_VALUE);
    members.push({ name, start: value, end });
    index = skipSign(reader, end, MAX_GLUE, COMMA, BRACKETS);
  }
  return members;
}

function privateSpans(reader: Reader, members: readonly Member[]): readonly Span[] | undefined {
  const spans = members
    .filter((member) => isPrivate(reader, member))
    .map(({ start, end }) => ({ kind: 'private-key', start, end }));
  return spans.length > 0 ? spans : undefined;
}

function isPrivate(reader: Reader, { name, start, end }: Member): boolean {
  return PRIVATE_MEMBERS.has(name) && end - start >= MIN_PRIVATE && looksDrawn(reader.text, start, end);
}
