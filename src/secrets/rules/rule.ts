import { looksDrawn } from '../judge/looks-drawn.ts';
import { ALNUM, isIn, LETTERS, WHITESPACE, WORD } from '../scan/alphabets.ts';
import { startsToken } from '../scan/left-edge.ts';
import { foldCase } from '../scan/reader.ts';
import type { Reader } from '../scan/reader.ts';
import type { Anchor, Span } from '../scan/span.ts';
import type { Body } from './body.ts';

/** A format of a vendor's, found by a word or a mark that is its own. The tests prove each with its two examples. */
export interface Rule {
  readonly kind: string;
  readonly anchors: readonly Anchor[];
  /** A text with a real-looking secret, and the part of it that is masked. */
  readonly sample: string;
  readonly secret: string;
  /** A text that resembles it and stays. */
  readonly benign: string;
}

// The samples' secrets are written apart from their marks, so that no scanner trips over this source.

/** Secrets that begin with one of `prefixes`, matched exactly; nothing is required to the right of them. */
export function begins(kind: string, prefixes: readonly string[], body: Body, sample: string, benign: string): Rule {
  const secret = `${prefixes[0] ?? ''}${sample}`;
  return { kind, anchors: prefixes.map((text) => ({ text, exact: true, parse })), sample: secret, secret, benign };

  function parse(reader: Reader, start: number, bodyStart: number): Span | undefined {
    if (!startsToken(reader, start)) return undefined;
    const end = body(reader, bodyStart);
    return end >= 0 && looksDrawn(reader.text, bodyStart, end) ? { kind, start, end } : undefined;
  }
}

/** Secrets that stand behind something harmless, such as the address of a webhook, which is left readable. */
export function follows(kind: string, marks: readonly string[], body: Body, sample: string, benign: string): Rule {
  const anchors = marks.map((text) => ({ text, exact: true, parse }));
  return { kind, anchors, sample: `${marks[0] ?? ''}${sample}`, secret: sample, benign };

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

/** Secrets with a mark in their middle or at their end, `left` of it and `body` after it. */
export function around(
  kind: string,
  mark: string,
  left: Left,
  body: Body,
  [before, after]: readonly [string, string],
  benign: string,
): Rule {
  const secret = `${before}${mark}${after}`;
  return { kind, anchors: [{ text: mark, exact: true, parse }], sample: secret, secret, benign };

  function parse(reader: Reader, markStart: number, markEnd: number): Span | undefined {
    let start = markStart;
    while (markStart - start < left.max && isIn(left.alphabet, reader.before(start))) start -= 1;
    if (markStart - start < left.min) return undefined;
    const end = body(reader, markEnd);
    return end >= 0 && looksDrawn(reader.text, start, end) ? { kind, start, end } : undefined;
  }
}

/** How far from a vendor's name its secret may begin. */
const MAX_GAP = 56;
const MAX_NEWLINES = 1;
const NEWLINE = 10;
/** What leads from a name to a value, words aside. */
const BETWEEN = new Set(Array.from('_-.:=>(,[{$|\\"\'`', (character) => character.charCodeAt(0)));
const SIGNS = new Set(Array.from(':=>,(|"\'`', (character) => character.charCodeAt(0)));
const TELLING = /key|token|secret|auth|pass|api|credential/i;
/** Names of things that look like secrets and are none. */
const NAMES_ANOTHER =
  /(?:\bid|[_-]id|sha\d*|hash|commit|digest|checksum|integrity|revision|etag|version|uuid|guid|ref|public\W?key)[\s"'`:=>,(]*$/i;

/**
 * Secrets without a mark of their own, known by the vendor's name shortly before them: `name_api_key = "…"`,
 * `name: …`. The body has to be a token of its own there.
 */
export function near(kind: string, names: readonly string[], body: Body, sample: string, benign: string): Rule {
  const anchors = names.map((text) => ({ text, exact: false, parse }));
  return { kind, anchors, sample: `${names[0] ?? ''}: "${sample}"`, secret: sample, benign };

  function parse(reader: Reader, nameStart: number, nameEnd: number): Span | undefined {
    if (isInnerLetter(reader, nameStart)) return undefined;
    let hasSign = false;
    let newlines = 0;
    for (let start = nameEnd; start - nameEnd <= MAX_GAP; start += 1) {
      const code = reader.at(start);
      const previous = reader.at(start - 1);
      if (start > nameEnd && isIn(ALNUM, code) && !isIn(WORD, previous) && mayFollow(previous)) {
        const end = body(reader, start);
        if (end >= 0 && endsToken(reader, end) && looksDrawn(reader.text, start, end)) {
          const gap = reader.text.slice(nameEnd, start);
          return (hasSign || TELLING.test(gap)) && !NAMES_ANOTHER.test(gap) ? { kind, start, end } : undefined;
        }
      }
      if (code === NEWLINE && (newlines += 1) > MAX_NEWLINES) return undefined;
      if (!(isIn(WORD, code) || isIn(WHITESPACE, code) || BETWEEN.has(code))) return undefined;
      hasSign ||= SIGNS.has(code);
    }
    return undefined;
  }
}

/** Whether a name that begins here is the middle of a longer word: `box` in `inbox`, not in `myBox` or `my_box`. */
function isInnerLetter(reader: Reader, start: number): boolean {
  const previous = reader.before(start);
  const first = reader.at(start);
  const isCapital = first !== foldCase(first);
  return isIn(LETTERS, previous) && !(isCapital && previous === foldCase(previous));
}

const HYPHEN = 45;
const DOT = 46;

/** Behind a hyphen or a dot a token goes on. */
function mayFollow(previous: number): boolean {
  return previous !== HYPHEN && previous !== DOT;
}

function endsToken(reader: Reader, end: number): boolean {
  const next = reader.at(end);
  return !isIn(WORD, next) && next !== HYPHEN && !(next === DOT && isIn(WORD, reader.at(end + 1)));
}
