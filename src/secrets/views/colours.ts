import { ANY_HEX, isIn } from '../scan/alphabets.ts';
import { BACKSLASH, ESCAPE, OPENING_BRACKET } from '../scan/codes.ts';
import type { Reader } from '../scan/reader.ts';
import { View } from '../scan/view.ts';
import { endsView, lineEndAfter, tokenStartBefore } from './region.ts';
import type { Wrapping } from './views.ts';

const MAX_CODE = 24;
const MAX_LINE = 4096;
const FIRST_FINAL = 64;
const LAST_FINAL = 126;
/** The escape character as strings have it written out. */
const WRITTEN = ['\\u001b[', '\\x1b[', '\\033[', '\\e['];

/** The beginnings of what most colours are made of; one of them in a line is enough. */
const CODES = [
  ...Array.from('012345679', (digit) => `3${digit}m`),
  ...Array.from('01234567', (digit) => `9${digit}m`),
  '0m',
  '1m',
  '0;3',
  '1;3',
  '01;3',
  '38;5',
  '38;2',
];

/** What colours a terminal stands between a name and its value, or inside a token. */
export const COLOUR_VIEW: Wrapping = {
  marks: [...CODES.map((code) => `\u001b[${code}`), ...WRITTEN],
  exact: true,
  viewAt(reader, mark, floor) {
    const start = tokenStartBefore(reader, mark, floor);
    const lineEnd = lineEndAfter(reader, mark, MAX_LINE);
    const view = new View(reader);
    let copied = start;
    let index = start;
    while (index < lineEnd && !endsView(reader, index, Math.max(copied, mark))) {
      const codeEnd = skipCode(reader, index);
      if (codeEnd !== undefined) {
        view.copy(copied, index);
        copied = codeEnd;
      }
      index = codeEnd ?? index + 1;
    }
    const end = Math.min(index, lineEnd);
    view.copy(copied, end);
    return { view, start, end };
  },
};

/** Past `ESC[1;32m`, the escape character written out or not; undefined when no such code stands there. */
function skipCode(reader: Reader, from: number): number | undefined {
  const first = reader.text.charCodeAt(from);
  if (first !== ESCAPE && first !== BACKSLASH) return undefined;
  let index = from;
  if (first === ESCAPE) index = reader.at(from + 1) === OPENING_BRACKET ? from + 2 : from;
  else {
    while (index - from < 4 && reader.at(index + 1) === BACKSLASH) index += 1;
    const written = WRITTEN.find((text) => reader.sees(text, index));
    index = written === undefined ? from : index + written.length;
  }
  if (index === from) return undefined;
  const codeStart = index;
  for (; index - codeStart < MAX_CODE; index += 1) {
    const code = reader.at(index);
    if (code >= FIRST_FINAL && code <= LAST_FINAL) return index + 1;
    if (!isIn(ANY_HEX, code) && code !== 59 && code !== 58 && code !== 63) return undefined;
  }
  return undefined;
}
