import { messageOf, SluiceError } from '../../errors.ts';
import type { Span } from '../scan/span.ts';
import { commonWordAmong } from './common-words.ts';
import { lastWhitespace, MAX_TOKEN, tokenBoundaries } from '../scan/text-boundaries.ts';

/** A pattern of the user's own: a JavaScript regular expression, matched within lines, letter case counting. */
export interface SecretPattern {
  /** What placeholders call it: letters, digits, `.`, `_` and `-`, at most 64. */
  readonly kind: string;
  /** At most 512 characters; it must not match the empty string. */
  readonly pattern: string;
}

/** A {@link SecretPattern} that was checked. */
export interface CompiledPattern {
  readonly kind: string;
  readonly expression: RegExp;
}

const MAX_PATTERN = 512;
const MAX_PIECE = MAX_TOKEN + 16 * 1024;
const PLACEHOLDER = /\[REDACTED:[\w.-]{1,64}#\d{1,10}\]/g;
const NONE: readonly Span[] = [];
const KIND = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The patterns, ready to use. Throws a `usage` error that names the first one that is not acceptable, and why. */
export function compilePatterns(patterns: readonly SecretPattern[]): readonly CompiledPattern[] {
  return patterns.map(({ kind, pattern }) => {
    checkKind(kind);
    const expression = compileExpression(`the secret pattern "${kind}"`, pattern);
    const word = commonWordAmong((common) => common.search(expression) >= 0);
    if (word !== undefined) {
      throw new SluiceError(
        'usage',
        `the secret pattern "${kind}" matches the word "${word}"; make it more particular`,
      );
    }
    return { kind, expression };
  });
}

/** Throws a `usage` error unless `kind` can stand in a placeholder. */
export function checkKind(kind: string): void {
  if (!KIND.test(kind)) {
    throw new SluiceError('usage', `"${kind}" cannot name a kind of secret; use letters, digits, ".", "_" and "-"`);
  }
}

/** A regular expression to look for in text. Throws a `usage` error that calls it `name` when it can't be one. */
export function compileExpression(name: string, pattern: string): RegExp {
  if (pattern.length > MAX_PATTERN) {
    throw new SluiceError('usage', `${name} is longer than ${MAX_PATTERN} characters`);
  }
  const expression = compile(name, pattern);
  if (expression.test('')) {
    throw new SluiceError('usage', `${name} matches the empty string: ${pattern}; make it require something`);
  }
  return expression;
}

function compile(name: string, pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'g');
  } catch (cause) {
    throw new SluiceError('usage', `${name} is no regular expression: ${messageOf(cause)}`, { cause });
  }
}

/** What the patterns match, ascending; a match that touches a placeholder of an earlier pass is none. */
export function patternMatches(text: string, patterns: readonly CompiledPattern[]): readonly Span[] {
  if (patterns.length === 0) return NONE;
  const matches: Span[] = [];
  for (const [pieceStart, end] of piecesOf(text)) {
    const piece = text.slice(pieceStart, end);
    const placeholders = [...piece.matchAll(PLACEHOLDER)];
    for (const { kind, expression } of patterns) {
      for (const match of piece.matchAll(expression)) {
        if (match[0] === '' || placeholders.some((placeholder) => overlap(match, placeholder))) continue;
        const start = pieceStart + match.index;
        matches.push({ kind, start, end: start + match[0].length });
      }
    }
  }
  return matches.toSorted((a, b) => a.start - b.start);
}

function overlap(a: RegExpExecArray, b: RegExpExecArray): boolean {
  return a.index < b.index + b[0].length && b.index < a.index + a[0].length;
}

/** Where the piece begins that holds `position`, which may be the end of the text. */
export function pieceStart(text: string, position: number): number {
  let found = 0;
  for (const [start] of piecesOf(text)) if (start <= position) found = start;
  return position === text.length && text.endsWith('\n') ? text.length : found;
}

/** The lines of a text, overlong ones in pieces that end where tokens do. */
function* piecesOf(text: string): Generator<readonly [start: number, end: number]> {
  const boundaries = tokenBoundaries(text);
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    let end = newline < 0 ? text.length : newline + 1;
    if (end - start > MAX_PIECE) {
      const limit = start + MAX_PIECE;
      const boundary = boundaries.findLast((candidate) => candidate <= limit) ?? 0;
      end = Math.max(lastWhitespace(text, start, limit) + 1, boundary);
      if (end <= start) end = limit;
    }
    yield [start, end];
    start = end;
  }
}
