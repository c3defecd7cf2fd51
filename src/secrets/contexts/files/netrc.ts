import { startsToken } from '../../scan/left-edge.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { isStandIn } from '../../judge/stand-in.ts';
import { skipSpace } from '../glue.ts';
import { literalAt } from '../literal.ts';

const MAX_SPACE = 32;
const MAX_WORD = 128;
const MAX_WORDS = 8;
/** What a word of a sentence, a type or a parameter ends with, and no user does. */
const OF_TEXT = /[,;()<>:]$|^(?:and|or|the|a|an|is|with|string|text|page|form|name|user|your|varchar.*)$/i;
const HAS_DIGIT_OR_SIGN = /[\d!@#$%^&*~+?](?!.*[()])/;

/** The passwords of a netrc file: `machine HOST login NAME password SECRET`, on one line or several. */
export const NETRC_ANCHORS: readonly Anchor[] = [
  anchorAt('machine', parseEntry, true),
  anchorAt('login', parseLogin, true),
];

/** What follows the name of a machine is pairs; whatever its password is, it is one. */
function parseEntry(reader: Reader, start: number, anchorEnd: number): Span | undefined {
  if (!startsToken(reader, start)) return undefined;
  let word = nextWord(reader, anchorEnd);
  const isHost = word !== undefined && /[.\d]|^localhost/.test(textOf(reader, word));
  for (let words = 0; words < MAX_WORDS && word !== undefined; words += 1) {
    const keyword = nextWord(reader, word.end);
    word = keyword && nextWord(reader, keyword.end);
    if (keyword === undefined || word === undefined) return undefined;
    const text = textOf(reader, keyword);
    // `on another machine for password history`
    if (text === 'password' && words === 0 && !isHost) return undefined;
    if (text === 'password') return isStandIn(textOf(reader, word)) ? undefined : { kind: 'password', ...word };
    if (text !== 'login' && text !== 'account') return undefined;
  }
  return undefined;
}

/** Without the machine the words may be those of a sentence: then the password is no plain word. */
function parseLogin(reader: Reader, start: number, anchorEnd: number): Span | undefined {
  if (!startsToken(reader, start)) return undefined;
  const login = nextWord(reader, anchorEnd);
  if (login === undefined || OF_TEXT.test(textOf(reader, login))) return undefined;
  // Whoever logs in so gives an address.
  if (/^(?:anonymous|ftp)$/i.test(textOf(reader, login))) return undefined;
  const keyword = nextWord(reader, login.end);
  if (keyword === undefined || textOf(reader, keyword) !== 'password') return undefined;
  const password = nextWord(reader, keyword.end);
  if (password === undefined) return undefined;
  const text = textOf(reader, password);
  return HAS_DIGIT_OR_SIGN.test(text) && !isStandIn(text) ? { kind: 'password', ...password } : undefined;
}

interface Word {
  readonly start: number;
  readonly end: number;
}

function textOf(reader: Reader, { start, end }: Word): string {
  return reader.text.slice(start, end);
}

/** The next word, on the same line or the next, line ends written out or not. */
function nextWord(reader: Reader, from: number): Word | undefined {
  const start = skipSpace(reader, from, MAX_SPACE);
  if (start === from) return undefined;
  const { start: first, end } = literalAt(reader, start, 0, MAX_WORD);
  return end > first ? { start: first, end } : undefined;
}
