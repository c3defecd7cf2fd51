import type { Reader } from '../scan/reader.ts';
import { View } from '../scan/view.ts';
import { afterNames, lineEndAfter, wordsBefore } from './region.ts';
import type { Wrapping } from './views.ts';

const MAX_LINE = 4096;
const MAX_MARK = 5;
const NAMED: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
  nbsp: ' ',
  equals: '=',
  colon: ':',
};
/** Entities, and the characters of JSON that are written so that HTML does not trip over them. */
const ESCAPED =
  /&(?:(quot|amp|lt|gt|apos|nbsp|equals|colon)|#(\d{2,5})|#x([\da-f]{2,4}));|\\u00([2-7][\da-f])|=([2-7][\dA-F])/giy;

/** Lines in which quotes and signs are entities, `\u0022`, or `=3D` as mail has them. */
export const ENTITY_VIEW: Wrapping = {
  marks: [
    '&quot;',
    '&apos;',
    '&#34;',
    '&#39;',
    '&#x22;',
    '&#x27;',
    '&equals;',
    '\\u0022',
    '\\u003d',
    '\\u003a',
    ...afterNames('&gt;'),
    ...afterNames('=3d'),
    ...afterNames('=22'),
  ],
  exact: false,
  viewAt(reader, mark, floor) {
    const start = wordsBefore(reader, mark, floor);
    const isMail = reader.text.slice(mark, mark + MAX_MARK).includes('=');
    const end = lineEndAfter(reader, mark, MAX_LINE);
    return { view: unescaped(reader, start, end, isMail), start, end };
  },
};

function unescaped(reader: Reader, start: number, end: number, isMail: boolean): View {
  const view = new View(reader);
  const { text } = reader;
  let copied = start;
  for (let index = start; index < end; index += 1) {
    const first = text.charCodeAt(index);
    if (first !== 38 && first !== 92 && !(isMail && first === 61)) continue;
    ESCAPED.lastIndex = index;
    const match = ESCAPED.exec(text);
    if (match === null || index + match[0].length > end) continue;
    view.copy(copied, index);
    copied = index + match[0].length;
    view.put(characterOf(match), index, copied);
    index = copied - 1;
  }
  view.copy(copied, end);
  return view;
}

function characterOf([, name, decimal, hex, written, mail]: RegExpExecArray): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? ' ';
  if (decimal !== undefined) return String.fromCharCode(Number(decimal));
  return String.fromCharCode(Number.parseInt(hex ?? written ?? mail ?? '20', 16));
}
