import { ALNUM, BASE64, BLANK, isIn, LETTERS } from '../../scan/alphabets.ts';
import { BACKSLASH, COLON, HYPHEN, NEWLINE, RETURN } from '../../scan/codes.ts';
import { skipDecoration, skipLineEnd } from './armour.ts';
import { marginAt, skipMargin } from './margin.ts';
import type { Reader } from '../../scan/reader.ts';
import type { Anchor, Span } from '../../scan/span.ts';

const MAX_LINE_END = 8;
const MAX_LABEL = 48;
const MAX_HEADERS = 8;
const MAX_BLANK_LINES = 3;
const MAX_HEADER_VALUE = 256;
/** A shorter line is believed to be part of a key only when the key goes on or ends after it. */
const MIN_LINE = 16;

const RULE = '-----';
const BEGIN = `${RULE}BEGIN `;
/** Keys that are not called private: both ends share them. */
const SHARED_KEYS = new Set([
  'OpenVPN Static key V1',
  'OpenVPN tls-crypt-v2 client key',
  'OpenVPN tls-crypt-v2 server key',
]);

/**
 * Private keys in armour, in one pass forwards: whole, indented, with line numbers, quoted line by line, with `\n`
 * written out, or cut short. A line that can be no part of a key ends it; a header without a key is left alone.
 */
export const PEM_ANCHOR: Anchor = { text: BEGIN.slice(0, -1), exact: true, parse: parsePem };

function parsePem(reader: Reader, start: number): Span | readonly Span[] | undefined {
  const labelEnd = skipLabel(reader, start + BEGIN.length);
  if (labelEnd === undefined) return undefined;
  return inMargin(reader, start, labelEnd) ?? parseLines(reader, start, labelEnd);
}

/** The key with a margin before each of its lines, which stays: a span a line. */
function inMargin(reader: Reader, start: number, labelEnd: number): readonly Span[] | undefined {
  const first = nextLine(reader, labelEnd);
  if (first === undefined) return undefined;
  const margin = marginAt(reader, first);
  // What any line of a key may have before it is no margin.
  if (margin === undefined || skipDecoration(reader, first) >= first + margin.length) return undefined;
  const lines = [{ start, end: labelEnd }];
  let isEnd = false;
  for (let index = first; !isEnd;) {
    const lineStart = skipMargin(reader, index, margin);
    if (lineStart === undefined) break;
    isEnd = reader.sees('-----end', lineStart);
    const end = isEnd ? skipEndLine(reader, lineStart) : reader.skip(BASE64, lineStart, Infinity);
    const next = reader.at(end) === -1 ? undefined : nextLine(reader, end);
    if (end > lineStart && (next !== undefined || reader.at(end) === -1 || isEnd))
      lines.push({ start: lineStart, end });
    const afterHeader = next ?? (lines.length === 1 ? skipHeaderLine(reader, lineStart) : undefined);
    if (afterHeader === undefined) break;
    index = afterHeader;
  }
  if (lines.length === 1) return undefined;
  const secret = reader.text.slice(start, lines.at(-1)?.end);
  return lines.map((line) => ({ kind: 'private-key', ...line, secret }));
}

/** Past the end of the line, blanks before it aside; undefined when something else follows. */
function nextLine(reader: Reader, from: number): number | undefined {
  const end = reader.skip(BLANK, from, from + MAX_LINE_END);
  const newline = reader.at(end) === RETURN ? end + 1 : end;
  return reader.at(newline) === NEWLINE ? newline + 1 : undefined;
}

function parseLines(reader: Reader, start: number, labelEnd: number): Span | undefined {
  let end = 0;
  let index = labelEnd;
  let headers = 0;
  let blanks = 0;
  for (;;) {
    const lineStart = skipDecoration(reader, index);
    if (reader.sees('-----end', lineStart)) {
      if (end === 0 && lineStart - labelEnd < MIN_LINE) return undefined;
      return { kind: 'private-key', start, end: skipEndLine(reader, lineStart) };
    }
    const lineEnd = reader.skip(BASE64, lineStart, Infinity);
    const isLong = lineEnd - lineStart >= MIN_LINE;
    const next = skipLineEnd(reader, lineEnd);
    if (reader.at(lineEnd) === -1) {
      if (isLong || end !== 0) end = lineEnd;
      break;
    }
    if (next === undefined) {
      const afterHeader = headers < MAX_HEADERS ? skipHeaderLine(reader, lineStart) : undefined;
      if (afterHeader === undefined || end !== 0) {
        if (isLong) end = lineEnd;
        break;
      }
      headers += 1;
      index = afterHeader;
      continue;
    }
    if (isLong) end = lineEnd;
    blanks = lineEnd === lineStart ? blanks + 1 : 0;
    if (blanks > MAX_BLANK_LINES) break;
    index = next;
  }
  return end === 0 ? undefined : { kind: 'private-key', start, end };
}

/** Past `RSA PRIVATE KEY-----`, or undefined when it is no private key's label. */
function skipLabel(reader: Reader, from: number): number | undefined {
  let end = from;
  while (end - from < MAX_LABEL && isLabelCharacter(reader, end)) end += 1;
  if (!reader.sees(RULE, end)) return undefined;
  const label = reader.text.slice(from, end);
  const isPrivate = label.endsWith('PRIVATE KEY') || label.endsWith('PRIVATE KEY BLOCK') || SHARED_KEYS.has(label);
  return isPrivate ? end + RULE.length : undefined;
}

/** A hyphen belongs to a label when a letter follows it: `tls-crypt-v2`. */
function isLabelCharacter(reader: Reader, at: number): boolean {
  const code = reader.at(at);
  return isIn(ALNUM, code) || code === 32 || (code === HYPHEN && isIn(ALNUM, reader.at(at + 1)));
}

function skipEndLine(reader: Reader, from: number): number {
  let end = from + RULE.length;
  while (end - from < MAX_LABEL + RULE.length && isLabelCharacter(reader, end)) end += 1;
  let hyphens = end;
  while (hyphens - end < RULE.length && reader.at(hyphens) === HYPHEN) hyphens += 1;
  return hyphens;
}

/** Past a line such as `Proc-Type: 4,ENCRYPTED`, or undefined when it is none. */
function skipHeaderLine(reader: Reader, from: number): number | undefined {
  let name = from;
  while (name - from < 32 && (isIn(LETTERS, reader.at(name)) || reader.at(name) === HYPHEN)) name += 1;
  if (name === from || reader.at(name) !== COLON) return undefined;
  for (let index = name; index - name < MAX_HEADER_VALUE; index += 1) {
    const code = reader.at(index);
    if (code === NEWLINE) return index + 1;
    if (code === BACKSLASH) return skipLineEnd(reader, index);
    if (code === -1) return undefined;
  }
  return undefined;
}

const KEPT_HEAD = 8 * 1024;
const KEPT_TAIL = 4 * 1024;
const SEAM = 24;

/**
 * A shorter text that reads the same: the middle of an open, overlong private key taken out. What a parser makes of
 * the rest of a key does not depend on how much of it came before.
 */
export function shortenOpenPem(text: string): string {
  const begin = text.indexOf(BEGIN);
  if (begin < 0) return text;
  const head = seamAfter(text, begin + KEPT_HEAD);
  const tail = seamAfter(text, Math.max(head, text.length - KEPT_TAIL));
  return tail < text.length ? text.slice(0, head) + text.slice(tail) : text;
}

/** The first place from `from` in the middle of a run of letters and digits, so that two of them join unseen. */
function seamAfter(text: string, from: number): number {
  let run = 0;
  for (let index = from; index < text.length; index += 1) {
    run = isIn(ALNUM, text.charCodeAt(index)) ? run + 1 : 0;
    if (run === SEAM) return index - SEAM / 2;
  }
  return text.length;
}
