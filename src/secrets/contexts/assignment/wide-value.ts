import { isIn, QUOTES, TOKEN68, WHITESPACE } from '../../scan/alphabets.ts';
import { BACKSLASH, LESS, SEMICOLON, SLASH } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { isStrongWord } from '../../judge/strong-word.ts';
import { isStandIn } from '../../judge/stand-in.ts';
import { isWordy } from '../../judge/wordy.ts';
import { JUDGED, MAX_VALUE, type Value } from './value.ts';

/** Where the next pair begins: `…,user=bob`. */
const NEXT_PAIR = /[,;&|][A-Za-z_][\w.-]*[=:]/;
/** `{…}`: another notation's, with something else between. */
const WRAPPED = /^(?:\{.*\}|\[.*\]|<.*>|\(.*\))[,;]?$/;
const CLOSERS = /(?<![)\]}>,;.:])[)\]}>,;.:]+$/;
/** One word at most, and signs. */
const PLAIN_TAIL = /^\W*(?:[a-z]+\W*)?$/;

/** Which sign ends the value in the notation that it stands in, blanks and quotes aside. */
export type Notation = 'word' | 'element' | 'connection' | 'row';

/**
 * The password at `from`, with all its punctuation: it ends where its notation ends it, and is one only when nothing
 * but a password looks like that. `narrowEnd` is where it ends as far as letters and the usual signs go.
 */
export function wideValueAt(reader: Reader, from: number, narrowEnd: number, notation: Notation): Value | undefined {
  let end = from;
  while (end - from < JUDGED && !endsWord(reader, end, notation)) end += 1;
  const written = reader.text.slice(from, end);
  if ((notation === 'connection' || notation === 'row') && isWritten(written)) {
    return { quoted: false, start: from, end };
  }
  const word = written.slice(0, NEXT_PAIR.exec(written)?.index);
  const text = word.replace(CLOSERS, '');
  const tail = text.slice(Math.max(0, narrowEnd - from));
  // What follows the first sign has to be as strange as what stands before it: `a1b2;echo` ends at the semicolon. Most
  // values have nothing there, so that this is asked before what costs more.
  if (tail.length < 2 || PLAIN_TAIL.test(tail) || WRAPPED.test(word)) return undefined;
  if (!isStrongWord(word) || isWordy(tail)) return undefined;
  const judgedEnd = from + text.length;
  // What is longer than a value is judged by goes on as tokens do.
  const wordEnd = text.length < JUDGED ? judgedEnd : reader.skip(TOKEN68, judgedEnd, from + MAX_VALUE);
  return { quoted: false, start: from, end: wordEnd };
}

/** Between two semicolons, and to the end of a row, all is a password that stands for no other one. */
function isWritten(text: string): boolean {
  return /[A-Za-z]/.test(text) && /[^A-Za-z_]/.test(text) && !/^[$%@{<[]|=/.test(text) && !isStandIn(text);
}

function endsWord(reader: Reader, index: number, notation: Notation): boolean {
  const code = reader.at(index);
  if (code <= 32 || code === BACKSLASH || isIn(QUOTES | WHITESPACE, code)) return true;
  if (notation === 'element') return code === LESS && reader.at(index + 1) === SLASH;
  return notation === 'connection' && code === SEMICOLON;
}
