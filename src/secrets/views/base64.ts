import { BASE64, BASE64URL, isIn } from '../scan/alphabets.ts';
import { BACKSLASH, EQUALS, LETTER_N, NEWLINE, RETURN } from '../scan/codes.ts';
import type { Reader } from '../scan/reader.ts';
import { View } from '../scan/view.ts';
import type { Wrapping } from './views.ts';

const LONGEST = 16 * 1024;
const MAX_UNZIPPED = 64 * 1024;
const GZIP = 'H4sI';
const MIN_LINE = 40;

/** Words that lead to a secret; each stands in base64 in one of three ways. */
const WORDS = [
  'PASSWORD',
  'password',
  'Password',
  'SECRET',
  'secret',
  'TOKEN',
  'token',
  '_KEY=',
  'ApiKey',
  'api_key',
  'BEGIN RSA PRIV',
  'BEGIN PRIV',
  'BEGIN OPENSSH',
  'sk-ant',
];

/** Base64 of something that is a secret or has one in it: files that an API hands out, tokens encoded once more. */
export const BASE64_VIEW: Wrapping = {
  // The beginnings of a web token, of a private key, and of what was compressed.
  marks: [GZIP, 'ZXlK', 'LS0tLS1CRUdJTi', ...WORDS.flatMap(encodings)],
  exact: true,
  isWhole: true,
  viewAt(reader, mark, floor) {
    const start = startOf(reader, mark, floor);
    const { encoded, pieces, end } = readLines(reader, start);
    const view = new View(reader);
    const text = decoded(encoded);
    // Nothing to be read, and not to be tried again at the next word.
    if (text === undefined) return { view, start, end: Math.max(end, mark + 1) };
    view.put(text, pieces[0]?.start ?? start, pieces[0]?.end ?? end);
    for (const piece of pieces.slice(1)) view.repeat(text.length, piece.start, piece.end);
    return { view, start, end };
  },
};

/** What of `word` shows in base64, at each of the three places it may have. */
function encodings(word: string): string[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.from('\0'.repeat(shift) + word)
      .toString('base64')
      .replace(/=+$/, '');
    // The characters at either end have bits of what stands beside the word.
    const whole = Math.floor(((shift + word.length) * 8) / 6);
    return encoded.slice(Math.ceil((shift * 8) / 6), whole);
  });
}

function startOf(reader: Reader, mark: number, floor: number): number {
  let start = mark;
  while (start > floor && mark - start < LONGEST) {
    const previous = reader.before(start);
    // An equals sign ends a name: padding has nothing behind it.
    if (previous !== EQUALS && isIn(BASE64 | BASE64URL, previous)) start -= 1;
    // A line end that is written out joins two lines.
    else if (previous === LETTER_N && reader.before(start - 1) === BACKSLASH) start -= 2;
    else break;
  }
  const isEscape = reader.text.charCodeAt(start) === BACKSLASH && start < mark;
  return isEscape ? start + 2 : start;
}

interface Lines {
  readonly encoded: string;
  readonly pieces: readonly { readonly start: number; readonly end: number }[];
  readonly end: number;
}

/** The lines of one text in base64: full ones of one length, and what is left. */
function readLines(reader: Reader, from: number): Lines {
  const pieces: { start: number; end: number }[] = [];
  let encoded = '';
  let index = from;
  let width = 0;
  let end = from;
  while (index - from < LONGEST && index < reader.ceiling) {
    const lineEnd = reader.skip(BASE64 | BASE64URL, index, Math.min(index + LONGEST, reader.ceiling));
    if (lineEnd === index || (width > 0 && lineEnd - index > width)) break;
    pieces.push({ start: index, end: lineEnd });
    encoded += reader.text.slice(index, lineEnd);
    end = lineEnd;
    const next = skipLineEnd(reader, lineEnd);
    if (width === 0) width = lineEnd - index;
    if (next === undefined || lineEnd - index < width || width < MIN_LINE) break;
    index = next;
  }
  return { encoded, pieces, end };
}

function skipLineEnd(reader: Reader, from: number): number | undefined {
  let index = from;
  while (index - from < 4 && reader.at(index) === BACKSLASH) index += 1;
  if (index > from) return reader.at(index) === LETTER_N ? index + 1 : undefined;
  if (reader.at(index) === RETURN) index += 1;
  if (reader.at(index) !== NEWLINE) return undefined;
  let start = index + 1;
  while (start - index < 16 && reader.at(start) === 32) start += 1;
  return start;
}

/** The text that is encoded; undefined when it is none. */
function decoded(encoded: string): string | undefined {
  if (encoded.length < MIN_LINE / 2) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  const text = encoded.startsWith(GZIP) ? unzipped(bytes) : bytes.toString('latin1');
  return text !== undefined && isText(text) ? text : undefined;
}

function unzipped(bytes: Buffer): string | undefined {
  // Loaded only now: it takes 2 ms that most runs need not wait for.
  const { gunzipSync } = process.getBuiltinModule('node:zlib');
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_UNZIPPED, finishFlush: 2 }).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Whether it reads as text: base64 of anything else has secrets of no sort that a reader would find. */
function isText(text: string): boolean {
  return !/[\0-\x08\x0e-\x1a\x7f]/.test(text.slice(0, 512));
}
