import { ALNUM, BASE64, BASE64URL, DIGITS, HEX, LOWER, type Random, UPPER } from './random.ts';

const ALPHABETS: Readonly<Record<string, string>> = {
  alnum: ALNUM,
  b32: `${UPPER}234567`,
  b64: BASE64,
  bech: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
  dig: DIGITS,
  hex: HEX,
  HEX: HEX.toUpperCase(),
  letter: `${UPPER}${LOWER}`,
  low: LOWER,
  lownum: `${LOWER}${DIGITS}`,
  UP: UPPER,
  UPNUM: `${UPPER}${DIGITS}`,
  url: BASE64URL,
  word: `${ALNUM}_`,
};

/**
 * Fills in a format: `{hex 32}` becomes 32 hexadecimal digits, `{url 20-40}` 20 to 40 characters of base64url, `{uuid}`
 * a UUID, `{account}` the number of one of Discord's in base64, `{a|b}` one of the two. Formats keep a token's mark and its body apart, so that no scanner trips over them.
 */
export function spell(random: Random, format: string): string {
  return format.replaceAll(/\{([^{}]+)\}/g, (_, blank: string) => fill(random, blank));
}

function fill(random: Random, blank: string): string {
  if (blank === 'uuid') return uuid(random);
  if (blank === 'account') return Buffer.from(spell(random, '{1|2|4|7|9}{dig 16-18}')).toString('base64url');
  if (blank.includes('|')) return random.pick(blank.split('|'));
  const [name = '', length = ''] = blank.split(' ');
  const alphabet = ALPHABETS[name];
  if (alphabet === undefined) throw new Error(`no such alphabet: {${blank}}`);
  const [min = '', max = min] = length.split('-');
  return ended(random, random.draw(random.int(Number(min), Number(max)), alphabet), alphabet);
}

/** No vendor ends a token with a sign on purpose, and whether the last sign of a sentence is its own nobody can tell. */
function ended(random: Random, body: string, alphabet: string): string {
  return /\w$/.test(body) || body === ''
    ? body
    : `${body.slice(0, -1)}${random.draw(1, alphabet.replaceAll(/\W/g, ''))}`;
}

/** A UUID of version 4. */
function uuid(random: Random): string {
  return spell(random, '{hex 8}-{hex 4}-4{hex 3}-{8|9|a|b}{hex 3}-{hex 12}');
}
