import { skipGlue } from '../glue.ts';
import { BASE64, BLANK, DOTTED, isIn, QUOTES, WHITESPACE } from '../../scan/alphabets.ts';
import {
  codesOf,
  BACKSLASH,
  BAR,
  CLOSING_BRACE,
  COLON,
  COMMA,
  GREATER,
  HASH,
  HYPHEN,
  LETTER_N,
  NEWLINE,
  OPENING_BRACE,
  PLUS,
} from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { literalAt, textOf } from '../literal.ts';
import { newlineAt } from '../newline.ts';
import { isStandIn } from '../../judge/stand-in.ts';

const MAX_BLANKS = 32;
const BETWEEN_ENTRIES = codesOf(',{');
const MAX_GLUE = 96;
const MAX_NAME = 128;
const MAX_VALUE = 8192;
const MAX_ENTRIES = 32;
const MAX_COMMENTS = 8;
const MAX_COMMENT = 256;
const MAX_LINES = 64;
const MIN_BLOCK = 8;
/** How far from `kind: Secret` its data may begin: names, labels and annotations stand between. */
const MAX_DISTANCE = 2048;

/** What a manifest has beside its data. */
const OTHER_FIELDS = new Set(['kind', 'metadata', 'type', 'apiVersion', 'immutable', 'data', 'stringData']);
/** What a Secret has beside its secrets. */
export const NO_SECRETS =
  /^(?:(?:.*[_.-])?(?:user(?:_?name)?|login|host(?:_?name)?|port|database|db_?name|e?mail|namespace|endpoint|region|project|type|name|url|uri|server|address|enabled|insecure|bucket|org(?:anization)?|team|path|version|environment|env|mode|scheme|protocol|zone|domain)|(?:.*[a-z_.-])?(?:ID|Id|_id|-id)|id|ca\.crt|tls\.crt)$/i;

/**
 * The values of a Kubernetes Secret, in YAML or JSON: those under `data` are base64, those under `stringData` are as
 * they are. Its kind may stand before the data, or behind it as `kubectl` prints it.
 */
export const KUBERNETES_SECRET_ANCHORS: readonly Anchor[] = [
  ...['kind:', 'kind"', 'kind\\'].map((text) =>
    anchorAt(text, (reader, start) => parseFromKind(reader, start, start + 4), true),
  ),
  ...['data:', 'data"', 'data\\'].map((text) =>
    anchorAt(text, (reader, start) => parseFromData(reader, start, start + 4), true),
  ),
  anchorAt('stringData', parseFromStringData, true),
];

export const KUBERNETES_SECRET_KINDS = ['kubernetes-secret'];

function parseFromKind(reader: Reader, _start: number, anchorEnd: number): readonly Span[] | undefined {
  const from = secretKindAt(reader, anchorEnd);
  if (from === undefined) return undefined;
  const spans: Span[] = [];
  for (let index = from; index - from < MAX_DISTANCE; index += 1) {
    const code = reader.at(index);
    if (code === -1 || isDocumentEnd(reader, index) || reader.sees('kind', index)) break;
    const isPlain = reader.sees('stringdata', index);
    if (!isPlain && !isDataWord(reader, index)) continue;
    const end = readEntries(reader, index + (isPlain ? 10 : 4), isPlain, spans);
    if (end !== undefined) index = end - 1;
  }
  return spans.length > 0 ? spans : undefined;
}

function parseFromData(reader: Reader, start: number, anchorEnd: number): readonly Span[] | undefined {
  return isDataWord(reader, start) ? parseBeforeKind(reader, anchorEnd, false) : undefined;
}

function parseFromStringData(reader: Reader, _start: number, anchorEnd: number): readonly Span[] | undefined {
  return parseBeforeKind(reader, anchorEnd, true);
}

/** Entries first; they count when `kind: Secret` follows before the document or the next data. */
function parseBeforeKind(reader: Reader, anchorEnd: number, isPlain: boolean): readonly Span[] | undefined {
  const spans: Span[] = [];
  const from = readEntries(reader, anchorEnd, isPlain, spans);
  if (from === undefined || spans.length === 0) return undefined;
  for (let index = from; index - from < MAX_DISTANCE; index += 1) {
    const code = reader.at(index);
    if (code === -1 || isDocumentEnd(reader, index) || isDataWord(reader, index)) return undefined;
    if (reader.sees('kind', index)) return secretKindAt(reader, index + 4) === undefined ? undefined : spans;
  }
  return undefined;
}

/** Past `kind: Secret`, when that is what the `kind` that ended just before is. */
function secretKindAt(reader: Reader, from: number): number | undefined {
  const value = skipColon(reader, from);
  if (value === undefined) return undefined;
  const start = skipQuote(reader, value);
  if (!reader.sees('secret', start) || isIn(DOTTED, reader.at(start + 6))) return undefined;
  return start + 6;
}

/** `data`, not `metadata` or `dataSource`. */
function isDataWord(reader: Reader, index: number): boolean {
  return (
    reader.sees('data', index) &&
    !isIn(DOTTED, reader.at(index + 4)) &&
    !(isIn(DOTTED, reader.at(index - 1)) && !isEscaped(reader, index))
  );
}

/** Whether the letter before `index` ends an escape, `\n`. */
function isEscaped(reader: Reader, index: number): boolean {
  return reader.at(index - 1) === LETTER_N && reader.at(index - 2) === BACKSLASH;
}

function isDocumentEnd(reader: Reader, index: number): boolean {
  return reader.at(index) === HYPHEN && reader.sees('---', index);
}

/** Reads `name: value` from behind `data`, adds the secrets, and returns where the entries end. */
function readEntries(reader: Reader, from: number, isPlain: boolean, spans: Span[]): number | undefined {
  const open = skipColon(reader, from);
  if (open === undefined) return undefined;
  // On the line of `data:` nothing follows, or a brace; this is what a stream of other data fails at once.
  const first = reader.at(open);
  if (first !== NEWLINE && first !== 13 && first !== OPENING_BRACE && first !== BACKSLASH) return undefined;
  let index = open;
  for (let entries = 0; entries < MAX_ENTRIES; entries += 1) {
    const name = skipComments(reader, index);
    const nameEnd = reader.skip(DOTTED, name, name + MAX_NAME);
    const value = nameEnd === name ? undefined : skipColon(reader, nameEnd);
    const entry = reader.text.slice(name, nameEnd);
    if (value === undefined || OTHER_FIELDS.has(entry)) return entries === 0 ? undefined : name;
    const end = isPlain ? plainValue(reader, value, entry, spans) : encodedValue(reader, value, entry, spans);
    if (end === undefined) return entries === 0 ? undefined : value;
    index = end;
  }
  return index;
}

/** Past what stands between entries, lines of comments too. */
function skipComments(reader: Reader, from: number): number {
  let index = skipGlue(reader, from, MAX_GLUE, BETWEEN_ENTRIES);
  for (let comments = 0; reader.at(index) === HASH && comments < MAX_COMMENTS; comments += 1) {
    const lineEnd = index;
    while (index - lineEnd < MAX_COMMENT && reader.at(index) !== -1 && newlineAt(reader, index) === undefined)
      index += 1;
    index = skipGlue(reader, index, MAX_GLUE, BETWEEN_ENTRIES);
  }
  return index;
}

/** What stands on the lines below `name: |`, each a value of its own. */
function encodedBlock(reader: Reader, from: number, name: string, spans: Span[]): number | undefined {
  const sign = reader.at(from + 1);
  let end = sign === HYPHEN || sign === PLUS ? from + 2 : from + 1;
  let length = 0;
  const lines: Span[] = [];
  while (lines.length < MAX_LINES) {
    const newline = newlineAt(reader, end);
    if (newline === undefined) break;
    const start = reader.skip(BLANK, newline + 1, newline + 1 + MAX_BLANKS);
    const lineEnd = reader.skip(BASE64, start, start + MAX_VALUE);
    const isLast = reader.at(lineEnd) === -1 || newlineAt(reader, lineEnd) !== undefined;
    if (start === newline + 1 || lineEnd === start || !isLast) break;
    length += lineEnd - start;
    lines.push({ kind: 'kubernetes-secret', start, end: lineEnd });
    end = lineEnd;
  }
  if (length < MIN_BLOCK || length % 4 !== 0) return undefined;
  if (!NO_SECRETS.test(name)) spans.push(...lines);
  return end;
}

function encodedValue(reader: Reader, from: number, name: string, spans: Span[]): number | undefined {
  const first = reader.at(from);
  if (first === BAR || first === GREATER) return encodedBlock(reader, from, name, spans);
  const start = skipQuote(reader, from);
  const end = reader.skip(BASE64, start, start + MAX_VALUE);
  if (end === start || (end - start) % 4 !== 0) return undefined;
  const stop = reader.at(end);
  if (
    stop !== -1 &&
    stop !== COMMA &&
    stop !== BACKSLASH &&
    stop !== CLOSING_BRACE &&
    !isIn(QUOTES | WHITESPACE, stop)
  ) {
    return undefined;
  }
  if (end - start >= 8 && !NO_SECRETS.test(name)) spans.push({ kind: 'kubernetes-secret', start, end });
  return end;
}

function plainValue(reader: Reader, from: number, name: string, spans: Span[]): number | undefined {
  const value = literalAt(reader, from, 0, MAX_VALUE);
  if (value.end === value.start) return undefined;
  const text = textOf(reader, value);
  if (!NO_SECRETS.test(name) && !isStandIn(text) && !/^[|>][-+]?$/.test(text)) {
    spans.push({ kind: 'kubernetes-secret', start: value.start, end: value.end });
  }
  return value.next;
}

/** Past a closing quote, a colon and blanks; undefined when there is no colon. */
function skipColon(reader: Reader, from: number): number | undefined {
  const quote = skipQuote(reader, from);
  const colon = reader.skip(BLANK, quote, quote + MAX_BLANKS);
  return reader.at(colon) === COLON ? reader.skip(BLANK, colon + 1, colon + 1 + MAX_BLANKS) : undefined;
}

function skipQuote(reader: Reader, from: number): number {
  let index = from;
  while (index - from < 8 && reader.at(index) === BACKSLASH && reader.at(index + 1) !== LETTER_N) index += 1;
  return isIn(QUOTES, reader.at(index)) ? index + 1 : index;
}
