import { ANY_HEX, BASE64, BLANK, DIGITS, isIn, WHITESPACE } from '../../scan/alphabets.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { linesAt, skipLineEnd } from './armour.ts';

const MAX_BLANKS = 8;
const MAX_HEADER = 64;
const MAX_HEADER_LINES = 4;
const MAX_KEY_LINES = 160;
/** Forty thousand characters: what is longer is encrypted all the same. */
const MAX_VAULT_LINES = 500;
const MIN_MAC = 32;
const MAX_MAC = 128;
const SSH2_LABEL = ' encrypted private key ----';

/** Private keys, and what is encrypted with a password, in lines of their own but not in PEM. */
export const KEY_BLOCK_ANCHORS: readonly Anchor[] = [
  anchorAt('private-lines:', parsePuttyKey),
  anchorAt('private-mac:', parsePuttyMac),
  { text: 'SSH2', exact: true, parse: parseSsh2Key },
  anchorAt('$ANSIBLE_VAULT;', parseVault, true),
];

export const KEY_BLOCK_KINDS = ['private-key', 'ansible-vault'];

/** The lines after `Private-Lines: 8` in a PuTTY key. */
function parsePuttyKey(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  const count = reader.skip(BLANK, anchorEnd, anchorEnd + MAX_BLANKS);
  const countEnd = reader.skip(DIGITS, count, count + 3);
  const lines = Math.min(Number(reader.text.slice(count, countEnd)), MAX_KEY_LINES);
  const from = countEnd > count ? skipLineEnd(reader, countEnd) : undefined;
  const block = from === undefined ? undefined : linesAt(reader, from, BASE64, lines);
  return block && { kind: 'private-key', ...block };
}

/** What a PuTTY key proves its password with. */
function parsePuttyMac(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  const start = reader.skip(BLANK, anchorEnd, anchorEnd + MAX_BLANKS);
  const end = reader.skip(ANY_HEX, start, start + MAX_MAC);
  return end - start >= MIN_MAC ? { kind: 'private-key', start, end } : undefined;
}

/** `---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----`, headers such as `Comment: …`, and the key. */
function parseSsh2Key(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  if (!reader.sees(SSH2_LABEL, anchorEnd)) return undefined;
  let from = skipLineEnd(reader, anchorEnd + SSH2_LABEL.length);
  for (let headers = 0; headers <= MAX_HEADER_LINES && from !== undefined; headers += 1) {
    const block = linesAt(reader, from, BASE64, MAX_KEY_LINES);
    if (block !== undefined) return { kind: 'private-key', ...block };
    from = skipHeader(reader, from, 4 * MAX_HEADER);
  }
  return undefined;
}

/** The hex lines of an Ansible vault. */
function parseVault(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  const from = skipHeader(reader, anchorEnd, MAX_HEADER);
  const block = from === undefined ? undefined : linesAt(reader, from, ANY_HEX, MAX_VAULT_LINES);
  return block && block.end - block.start >= MIN_MAC ? { kind: 'ansible-vault', ...block } : undefined;
}

/** Past the end of the line at `from`. */
function skipHeader(reader: Reader, from: number, limit: number): number | undefined {
  for (let index = from; index - from < limit; index += 1) {
    const code = reader.at(index);
    if (code === -1) return undefined;
    if (code === 92 || (isIn(WHITESPACE, code) && !isIn(BLANK, code))) return skipLineEnd(reader, index);
  }
  return undefined;
}
