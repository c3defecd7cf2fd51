import { BLANK, DOTTED, isIn } from '../../scan/alphabets.ts';
import { CLOSING_BRACKET, COLON } from '../../scan/codes.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { textOf, wordAt } from '../literal.ts';
import { isStandIn } from '../../judge/stand-in.ts';
import { secretNameOf } from '../assignment/secret-name.ts';

const MAX_OPTIONS = 96;
const MIN_VALUE = 6;

/** What a job tells its runner: `::set-output name=token::…`, `::add-mask::…`, `##vso[task.setvariable …;issecret=true]…`. */
export const JOB_COMMAND_ANCHORS: readonly Anchor[] = [
  anchorAt('::add-mask::', (reader, _start, end) => valueAt(reader, end), true),
  anchorAt('::set-output', parseNamed, true),
  anchorAt('::save-state', parseNamed, true),
  anchorAt('::set-env', parseNamed, true),
  anchorAt('##vso[task.setvariable', parseVariable, true),
];

function parseNamed(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  const name = reader.skip(BLANK, anchorEnd, anchorEnd + 2);
  if (!reader.sees('name=', name)) return undefined;
  const nameEnd = reader.skip(DOTTED, name + 5, name + MAX_OPTIONS);
  if (reader.at(nameEnd) !== COLON || reader.at(nameEnd + 1) !== COLON) return undefined;
  return secretNameOf(reader.text.slice(name + 5, nameEnd)) === null ? undefined : valueAt(reader, nameEnd + 2);
}

function parseVariable(reader: Reader, _start: number, anchorEnd: number): Span | undefined {
  let end = anchorEnd;
  while (end - anchorEnd < MAX_OPTIONS && reader.at(end) !== CLOSING_BRACKET && reader.at(end) > 10) end += 1;
  if (reader.at(end) !== CLOSING_BRACKET) return undefined;
  const options = reader.text.slice(anchorEnd, end);
  const name = /variable=([\w.-]+)/.exec(options)?.[1];
  const isSecret = /issecret=true/i.test(options) || (name !== undefined && secretNameOf(name) !== null);
  return isSecret ? valueAt(reader, end + 1) : undefined;
}

function valueAt(reader: Reader, from: number): Span | undefined {
  const word = wordAt(reader, from);
  const isLong = word.end - word.start >= MIN_VALUE && !isIn(BLANK, reader.at(from));
  return isLong && !isStandIn(textOf(reader, word)) ? { kind: 'secret', start: word.start, end: word.end } : undefined;
}
