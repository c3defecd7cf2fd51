import { looksDrawn } from '../judge/looks-drawn.ts';
import { isWordy } from '../judge/wordy.ts';
import { looksLikePlaceholder } from '../judge/placeholder-words.ts';
import { ALNUM, BASE64, isIn, LEADING_SIGNS, LEADS, LOWER_CASE, WHITESPACE, WORD } from '../scan/alphabets.ts';
import { DOT, HYPHEN, NEWLINE, OPENING_BRACKET, PLUS, SLASH } from '../scan/codes.ts';
import { startsToken } from '../scan/left-edge.ts';
import { foldCase, Reader } from '../scan/reader.ts';
import { type Anchor, type Parse, type Span } from '../scan/span.ts';
import { View } from '../scan/view.ts';
import type { Body } from './body.ts';

/** A format of a vendor's, found by a word or a mark that is its own. The tests prove each with two examples. */
export interface Rule {
  readonly kind: string;
  readonly anchors: readonly Anchor[];
}

/** Secrets that begin with one of `prefixes`, matched exactly; nothing is required to the right of them. */
export function begins(kind: string, prefixes: readonly string[], body: Body): Rule {
  return beginsWith(looksDrawn, kind, prefixes, body);
}

/** The same, of letters alone too: a mark and a length that no word has leave no doubt, when the letters vary. */
export function beginsSurely(kind: string, prefixes: readonly string[], body: Body): Rule {
  return beginsWith(looksVaried, kind, prefixes, body);
}

/** Whether `text` from `start` to `end` is neither a filler nor of few letters, as masks are. */
function looksVaried(text: string, start: number, end: number): boolean {
  if (looksDrawn(text, start, end)) return true;
  const body = text.slice(start, Math.min(end, start + JUDGED));
  return new Set(body).size >= MIN_VARIETY && !looksLikePlaceholder(body);
}

function beginsWith(isDrawn: typeof looksDrawn, kind: string, prefixes: readonly string[], body: Body): Rule {
  return { kind, anchors: prefixes.map((text) => ({ text, exact: true, parse })) };

  function parse(reader: Reader, start: number, bodyStart: number): ReturnType<Parse> {
    if (!startsToken(reader, start) || repeats(reader, start, bodyStart)) return undefined;
    if (continuesBase64(reader, start, bodyStart)) return undefined;
    const end = body(reader, bodyStart);
    if (end < 0) return wrappedAt(reader, start, bodyStart);
    return isDrawn(reader.text, bodyStart, end) ? { kind, start, end } : undefined;
  }

  /** The same on two lines, where a terminal broke it. */
  function wrappedAt(reader: Reader, start: number, bodyStart: number): readonly Span[] | undefined {
    const lineEnd = reader.skip(WORD, bodyStart, bodyStart + MAX_LINE);
    if (reader.at(lineEnd) !== NEWLINE || lineEnd - bodyStart < MIN_FIRST_LINE) return undefined;
    const restEnd = reader.skip(WORD, lineEnd + 1, lineEnd + 1 + MAX_LINE);
    const view = new View(reader);
    view.copy(start, lineEnd);
    view.copy(lineEnd + 1, restEnd);
    const end = body(new Reader(view.text), bodyStart - start);
    if (end !== view.text.length || !isDrawn(view.text, bodyStart - start, end)) return undefined;
    return view.spansInSource({ kind, start: 0, end });
  }
}

/** Where terminals break lines; and what is left of a token before that is no chance find. */
const MAX_LINE = 120;
const MIN_FIRST_LINE = 10;

/** How many different letters stand for digits. */
const MIN_VARIETY = 8;
/** A secret is judged by its beginning. */
const JUDGED = 64;

const SHORT_MARK = 8;

/** Whether a short mark stands again right behind itself: no secret does that, and a text of nothing else is read fast. */
function repeats(reader: Reader, start: number, end: number): boolean {
  if (end - start > SHORT_MARK) return false;
  for (let index = start; index < end; index += 1) {
    if (reader.at(index) !== reader.at(index + end - start)) return false;
  }
  return true;
}

/** So much base64 before a `+` or a `/` and the text goes on after it. */
const LONG_BASE64 = 16;

/** Whether a mark of letters alone stands in the middle of base64, where every short word turns up. */
function continuesBase64(reader: Reader, start: number, end: number): boolean {
  const previous = reader.before(start);
  if (previous !== PLUS && previous !== SLASH) return false;
  if (reader.skip(ALNUM, start, end) < end) return false;
  return runsOnLeft(reader, BASE64, start - 1);
}

/** Secrets that stand behind something harmless, such as the address of a webhook, which is left readable. */
export function follows(kind: string, marks: readonly string[], body: Body): Rule {
  return { kind, anchors: marks.map((text) => ({ text, exact: true, parse })) };

  function parse(reader: Reader, _start: number, start: number): Span | undefined {
    const end = body(reader, start);
    return end >= 0 && looksDrawn(reader.text, start, end) ? { kind, start, end } : undefined;
  }
}

/** What stands left of a mark: from `min` to `max` characters of one alphabet. */
export interface Left {
  readonly alphabet: number;
  readonly min: number;
  readonly max: number;
}

/** Secrets with one of `marks` in their middle or at their end, `left` of it and `body` after it. */
export function around(kind: string, marks: string | readonly string[], left: Left, body: Body): Rule {
  const texts = typeof marks === 'string' ? [marks] : marks;
  return { kind, anchors: texts.map((text) => ({ text, exact: true, parse })) };

  function parse(reader: Reader, markStart: number, markEnd: number): Span | undefined {
    if (repeats(reader, markStart, markEnd)) return undefined;
    let start = markStart;
    while (markStart - start < left.max && isIn(left.alphabet, reader.before(start))) start -= 1;
    if (markStart - start < left.min) return undefined;
    // More of it than a key has: base64 of something else.
    if (left.min === left.max && runsOnLeft(reader, left.alphabet, start)) return undefined;
    const end = body(reader, markEnd);
    return end >= 0 && looksDrawn(reader.text, start, end) ? { kind, start, end } : undefined;
  }
}

function runsOnLeft(reader: Reader, alphabet: number, start: number): boolean {
  let left = start;
  while (start - left <= LONG_BASE64 && isIn(alphabet, reader.before(left))) left -= 1;
  return start - left > LONG_BASE64;
}

/** `traceId`; the case of its letters counts. */
const CAMEL_ID = /[a-z]Id[\s"'`:=>,(]*$/;

/** How far from a vendor's name its secret may begin. */
const MAX_GAP = 56;
const MAX_NEWLINES = 1;
/** Between the names of a menu: `Settings › Key`. */
const GUILLEMET = '›'.charCodeAt(0);
const TELLING = /key|token|secret|auth|pass|api|credential|access|private|bearer|login/i;
const TELLING_NAME = /key|token|secret|session/;
/** Names of things that look like secrets and are none. */
const NAMES_ANOTHER =
  /(?:\bid|[_-]id|sha\d*|hash|commit|digest|checksum|integrity|revision|etag|version|uuid|guid|ref|public\W?key)[\s"'`:=>,(]*$/i;

/**
 * Secrets without a mark of their own, known by the vendor's name shortly before them: `name_api_key = "…"`,
 * `name: …`. The body has to be a token of its own there.
 * @param lead what the text between them has to be, for a name that every service has; a name with capitals has them
 */
export function near(kind: string, names: readonly string[], body: Body, lead?: RegExp): Rule {
  return {
    kind,
    // Each whole at once: a thousand that are added to take half a millisecond.
    anchors: names.map((name) => ({
      text: name,
      exact: /[A-Z]/.test(name),
      parse: (reader, start, end) => parse(reader, start, end, name.toLowerCase()),
      isService: true,
    })),
  };

  function parse(reader: Reader, nameStart: number, nameEnd: number, name: string): Span | undefined {
    if (!startsToken(reader, nameStart) && !startsWord(reader, nameStart)) return undefined;
    // Most names lead nowhere.
    if (!reader.hasDrawnToken(nameEnd + 1, gapEnd(reader.text, nameEnd))) return undefined;
    const first = name.charCodeAt(0);
    let hasSign = false;
    let newlines = 0;
    let code = reader.at(nameEnd - 1);
    for (let start = nameEnd; start - nameEnd <= MAX_GAP; start += 1) {
      const previous = code;
      code = reader.at(start);
      if (start > nameEnd && isIn(ALNUM, code) && !isIn(WORD, previous) && mayFollow(previous)) {
        const end = body(reader, start);
        if (
          end >= 0 &&
          endsToken(reader, end) &&
          looksDrawn(reader.text, start, end) &&
          !isWordy(reader.text.slice(start, Math.min(end, start + JUDGED)))
        ) {
          const gap = reader.text.slice(nameEnd, start);
          const isNamed =
            (hasSign || TELLING.test(gap) || TELLING_NAME.test(name) || isJoined(reader.text, start, end)) &&
            !NAMES_ANOTHER.test(gap) &&
            !CAMEL_ID.test(gap) &&
            lead?.test(gap) !== false;
          return isNamed ? { kind, start, end } : undefined;
        }
      }
      // The next name looks after itself; without this, a line of names would be read many times over.
      if (start > nameEnd && foldCase(code) === first && reader.sees(name, start)) return undefined;
      // What is printed prettily breaks the line behind a bracket.
      if (code === NEWLINE && previous !== OPENING_BRACKET && (newlines += 1) > MAX_NEWLINES) return undefined;
      if (!isIn(WORD | WHITESPACE | LEADS, code) && code !== GUILLEMET) return undefined;
      hasSign ||= isIn(LEADING_SIGNS, code);
    }
    return undefined;
  }
}

/** Words and what leads from a name to a value, on one line and the next; what is printed prettily breaks more of them. */
const GAP = /(?:[\w \t\r.:=<>(,[\]{$@|\\"'`\u203A-]|(?<=\[)\n)*\n?(?:[\w \t\r.:=<>(,[\]{$@|\\"'`\u203A-]|(?<=\[)\n)*/y;

/** Where the text ends in which the secret of a name may begin. */
function gapEnd(text: string, nameEnd: number): number {
  GAP.lastIndex = 0;
  GAP.test(text.slice(nameEnd, nameEnd + MAX_GAP + 1));
  return nameEnd + GAP.lastIndex;
}

/** `id|secret`: no word goes on like that. */
function isJoined(text: string, start: number, end: number): boolean {
  return text.slice(start, end).includes('|');
}

/** Whether a capital begins a word here, as in `myBox`. */
function startsWord(reader: Reader, start: number): boolean {
  const [previous, first] = [reader.before(start), reader.at(start)];
  return isIn(LOWER_CASE, previous) && first !== foldCase(first);
}

/** Behind a hyphen or a dot a token goes on. */
function mayFollow(previous: number): boolean {
  return previous !== HYPHEN && previous !== DOT;
}

function endsToken(reader: Reader, end: number): boolean {
  const next = reader.at(end);
  return !isIn(WORD, next) && next !== HYPHEN && !(next === DOT && isIn(WORD, reader.at(end + 1)));
}
