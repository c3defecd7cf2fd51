import { skipSpace, skipGlue } from '../glue.ts';
import { skipBackslashes } from '../backslashes.ts';
import {
  ALNUM,
  BLANK,
  DIGITS,
  DOTTED,
  isIn,
  PASSWORD_SIGNS,
  QUOTES,
  UPPER_ALNUM,
  WHITESPACE,
  WORD,
} from '../../scan/alphabets.ts';
import {
  codesOf,
  CLOSERS,
  BACKSLASH,
  BAR,
  CLOSING_BRACE,
  CLOSING_BRACKET,
  CLOSING_PARENTHESIS,
  COLON,
  COMMA,
  EQUALS,
  EXCLAMATION,
  GREATER,
  HYPHEN,
  LESS,
  LETTER_S,
  LETTER_T,
  NEWLINE,
  OPENING_BRACE,
  OPENING_BRACKET,
  OPENING_PARENTHESIS,
  QUESTION,
  SEMICOLON,
  SLASH,
  SPACE,
  STAR,
  TILDE,
} from '../../scan/codes.ts';
import { foldCase } from '../../scan/reader.ts';
import type { Reader } from '../../scan/reader.ts';
import { newlineAt } from '../newline.ts';
import { valueAfterType } from './declared-type.ts';
import { spokenValue, valueAfterMarker } from './spoken.ts';
import { quotedOnNextLine, skipYamlMarks } from './yaml-value.ts';

/** `›`, which prompts end with. */
const PROMPT = 8250;
const WIDE_COLON = 65306;
const ARROW = 8594;

const COMMAS = codesOf(',');
const MAX_BLANKS = 16;
/** Columns are padded, and lists are indented. */
const MAX_PADDING = 64;
const MAX_GAP = 80;
const MIN_COLUMN_GAP = 3;
const MAX_ATTRIBUTES = 4;
const MAX_ATTRIBUTE = 64;
const MAX_ASIDE = 24;
const MAX_ELEMENT = 44;
const MAX_STARS = 2;
const MAX_BLOCK = 200;
const MAX_ONLY = 512;
const BLOCK_KEYS = ['default', 'value'];
const VALUE_KEYS = ['value', 'parametervalue'];
const MAX_STAMP = 80;
const MAX_CLOSERS = 8;
const STAMP =
  /^(?:\[[^\]\n]{1,48}\]|\d[\dT:.,Z+-]{0,40}(?=[\s|]))(?:[ \t|]+(?:\[[^\]\n]{1,48}\]|\d[\dT:.,Z+-]{0,40}(?=[\s|])))*[ \t|]*/;
const LINE_END = /\n|\\n/;
/** The elements of a value beside the element of its name, and the flags of one. */
const VALUE_ELEMENTS = ['<string>', '<value>', '<data>'];
const VALUE_FLAGS = ['--body', '--value', '--secret-string', '-b'];

/** What else leads from a variable to a string: PHP and C add to it, `make` reads it once, methods compare both. */
const ASSIGNING = [
  '+=',
  '.=',
  '::=',
  ':::=',
  '.equals(',
  '.equalsignorecase(',
  '.contentequals(',
  '.compareto(',
  '.eql(',
];

/** What types into the field of that name, in tests of pages. */
const TYPERS = ['.send_keys(', '.sendkeys(', '.type(', '.fill(', '.setvalue('];

/** What leads from a name to its value. */
export interface Separator {
  readonly sort:
    /** `name = value`, `name: value`, `name => value` */
    | 'sign'
    /** `name == "value"` and its kin */
    | 'comparison'
    /** `--name value` */
    | 'flag'
    /** `name 'value'` */
    | 'blank'
    /** `"name", "value"` */
    | 'argument'
    /** `name("value")` */
    | 'call'
    /** `| name | value |`, `name,value` on a line of its own */
    | 'cell'
    /** `<name>value<`, `<key>name</key><string>value<` */
    | 'element'
    /** `name="name" value="value"`, `name: name` above `value: value` */
    | 'attribute'
    /** `name is value`, `name for somebody is value`, `name to value` */
    | 'is';
  readonly valueStart: number;
  /** Whether the value stands in brackets, as people note one down: `password(value)`. */
  readonly isNote?: boolean;
  /** The character that it begins with, where that is a sign. */
  readonly sign?: number;
  /** The sign, when neither side of it has a blank: `a:b` is code or JSON, `a: b` may be YAML. */
  readonly tight?: number;
  /** Whether blanks enough for two columns stand between. */
  readonly isColumn?: true;
}

/** What stands after the name that ends at `nameEnd`, or undefined when no value follows it. */
export function separatorAfter(reader: Reader, nameEnd: number): Separator | undefined {
  const marked = valueAfterMarker(reader, nameEnd);
  if (marked !== undefined) return { sort: 'is', valueStart: marked };
  const quoteEnd = skipStars(reader, skipClosingQuote(reader, nameEnd));
  const signAt = reader.skip(BLANK, quoteEnd, quoteEnd + MAX_PADDING);
  const sign = reader.at(signAt);
  const indirect = fallbackAfter(reader, signAt) ?? (quoteEnd === nameEnd ? undefined : blockAfter(reader, signAt));
  if (indirect !== undefined) return indirect;
  if (sign === QUESTION && reader.at(signAt + 1) === EQUALS) return signed(reader, quoteEnd, signAt + 1, EQUALS);
  const assigned = ASSIGNING.find((operator) => reader.sees(operator, signAt));
  if (assigned !== undefined) {
    const operatorEnd = signAt + assigned.length;
    return { sort: 'comparison', valueStart: reader.skip(BLANK, operatorEnd, operatorEnd + MAX_BLANKS) };
  }
  if (sign === BAR) return cellAfter(reader, signAt);
  if (sign === LESS && reader.at(signAt + 1) === HYPHEN) {
    return { sort: 'comparison', valueStart: reader.skip(BLANK, signAt + 2, signAt + 2 + MAX_BLANKS) };
  }
  const isArrow = sign === ARROW || (sign === HYPHEN && reader.at(signAt + 1) === GREATER);
  if (isArrow && signAt > quoteEnd) {
    const arrowEnd = sign === ARROW ? signAt + 1 : signAt + 2;
    return { sort: 'is', valueStart: reader.skip(BLANK, arrowEnd, arrowEnd + MAX_BLANKS) };
  }
  const typed = typedInto(reader, nameEnd);
  if (typed !== undefined) return { sort: 'attribute', valueStart: typed };
  if (sign === SEMICOLON && quoteEnd !== nameEnd) return serializedAfter(reader, signAt);
  if (sign === EQUALS && reader.at(quoteEnd - 1) === CLOSING_BRACKET) {
    const dumped = dumpedAfter(reader, signAt);
    if (dumped !== undefined) return dumped;
  }
  if (sign === PROMPT || sign === WIDE_COLON)
    return { sort: 'sign', valueStart: reader.skip(BLANK, signAt + 1, signAt + 1 + MAX_BLANKS) };
  if (sign === COLON || sign === EQUALS || sign === EXCLAMATION) return signed(reader, quoteEnd, signAt, sign);
  const next = reader.at(signAt + 1);
  const argumentAt = next === SPACE ? signAt + 2 : signAt + 1;
  const isArgument =
    quoteEnd !== nameEnd || startsString(reader, argumentAt) || (next === SPACE && reader.at(argumentAt) === LESS);
  if (sign === COMMA && isArgument) {
    const valueStart = reader.skip(WHITESPACE, signAt + 1, signAt + 1 + MAX_PADDING);
    return attributeAfter(reader, nameEnd) ?? { sort: 'argument', valueStart };
  }
  // A row of two columns.
  if (sign === COMMA && signAt === nameEnd && isIn(ALNUM, next))
    return attributeAfter(reader, nameEnd) ?? { sort: 'cell', valueStart: signAt + 1, sign };
  // What C++ has: `std::string name{"value"}`.
  if (sign === OPENING_BRACE && signAt === nameEnd && startsString(reader, signAt + 1)) {
    return { sort: 'blank', valueStart: signAt + 1 };
  }
  if (sign === OPENING_PARENTHESIS && quoteEnd === nameEnd) {
    const aside = asideAfter(reader, signAt);
    if (aside !== undefined) return aside;
    const bracketed = valueInBrackets(reader, signAt + 1);
    if (bracketed !== undefined) return { sort: 'is', valueStart: bracketed, isNote: true };
    return { sort: 'call', valueStart: reader.skip(WHITESPACE, signAt + 1, signAt + 1 + MAX_BLANKS) };
  }
  const attribute = attributeAfter(reader, nameEnd);
  if (attribute !== undefined) return attribute;
  const attributeAt = quoteEnd === nameEnd ? undefined : valueAttribute(reader, quoteEnd);
  if (attributeAt !== undefined) return { sort: 'attribute', valueStart: attributeAt };
  const element = elementAfter(reader, quoteEnd);
  if (element !== undefined) return { sort: 'element', valueStart: element };
  if (signAt === quoteEnd || quoteEnd !== nameEnd) return undefined;
  const said = spokenValue(reader, signAt);
  if (said !== undefined) return { sort: 'is', valueStart: said };
  return (
    asideAfter(reader, signAt) ??
    ownerAfter(reader, nameEnd, signAt) ??
    numbered(reader, signAt) ??
    declared(reader, signAt) ??
    blank(reader, signAt, signAt - nameEnd)
  );
}

/** `name\tvalue`, as a string of JSON has it; with a backslash before it as well, a name is part of a path. */
export function writtenTabAfter(reader: Reader, nameStart: number, nameEnd: number): Separator | undefined {
  if (reader.at(nameEnd) !== BACKSLASH || reader.before(nameStart) === BACKSLASH) return undefined;
  const letter = skipBackslashes(reader, nameEnd);
  return reader.at(letter) === LETTER_T ? { sort: 'flag', valueStart: letter + 1 } : undefined;
}

function signed(reader: Reader, nameEnd: number, signAt: number, sign: number): Separator | undefined {
  const next = reader.at(signAt + 1);
  const isOperator = next === TILDE && (signAt > nameEnd || isIn(BLANK, reader.at(signAt + 2)));
  if (isOperator || (sign === COLON && next === COLON)) return undefined;
  const typed = sign === COLON ? typedAfter(reader, signAt) : undefined;
  if (typed !== undefined) return typed;
  if (sign !== COLON && next === EQUALS) {
    const third = reader.at(signAt + 2) === EQUALS ? signAt + 3 : signAt + 2;
    return { sort: 'comparison', valueStart: reader.skip(BLANK, third, third + MAX_BLANKS) };
  }
  if (sign === EXCLAMATION) return undefined;
  // `:=`, `=>`, and the default of `${NAME:-value}`.
  const isLong = sign === COLON ? next === EQUALS || next === HYPHEN : next === GREATER;
  const afterSign = isLong ? signAt + 2 : signAt + 1;
  const first = reader.skip(BLANK, skipStars(reader, afterSign), afterSign + MAX_BLANKS);
  const valueStart = sign === COLON ? skipYamlMarks(reader, first) : (quotedOnNextLine(reader, first) ?? first);
  const isTight = signAt === nameEnd && valueStart === afterSign && next !== HYPHEN;
  // Maps of Go: `Name:[value]`.
  if (isTight && sign === COLON && next === OPENING_BRACKET && isIn(ALNUM, reader.at(valueStart + 1))) {
    return { sort: 'sign', valueStart: valueStart + 1, sign };
  }
  const only = sign === COLON && !isPlural(reader, nameEnd) ? onlyElement(reader, valueStart) : undefined;
  if (only !== undefined) return { sort: 'sign', valueStart: only, sign };
  return { sort: 'sign', valueStart, sign, ...(isTight ? { tight: sign } : {}) };
}

/** Lists belong behind a plural, and have names more often than secrets. */
function isPlural(reader: Reader, nameEnd: number): boolean {
  let end = nameEnd;
  while (nameEnd - end < MAX_STARS && !isIn(ALNUM, reader.before(end))) end -= 1;
  return foldCase(reader.before(end)) === LETTER_S;
}

/** Where the only string of a list begins: `"X-Api-Key": ["value"]`, as servers write down headers. */
function onlyElement(reader: Reader, from: number): number | undefined {
  if (reader.at(from) !== OPENING_BRACKET) return undefined;
  const opening = skipBackslashes(reader, from + 1);
  const quote = reader.at(opening);
  if (!isIn(QUOTES, quote)) return undefined;
  const end = reader.find(QUOTES | WHITESPACE, opening + 1, opening + 1 + MAX_ONLY);
  return reader.at(end) === quote && reader.at(end + 1) === CLOSING_BRACKET ? from + 1 : undefined;
}

/** `"name";s:13:"value"`, as PHP writes down what it has in memory. */
function serializedAfter(reader: Reader, signAt: number): Separator | undefined {
  if (!reader.sees(';s:', signAt)) return undefined;
  const length = reader.skip(DIGITS, signAt + 3, signAt + 8);
  return reader.at(length) === COLON ? { sort: 'attribute', valueStart: length + 1 } : undefined;
}

/** `["name"]=>`, and on the next line `string(5) "value"`, as PHP shows what it has in memory. */
function dumpedAfter(reader: Reader, signAt: number): Separator | undefined {
  const newline = reader.at(signAt + 1) === GREATER ? newlineAt(reader, signAt + 2) : undefined;
  if (newline === undefined) return undefined;
  const line = skipStamp(reader, signAt, newline + 1);
  const type = reader.skip(BLANK, line, line + MAX_PADDING);
  if (!reader.sees('string(', type)) return undefined;
  const length = reader.skip(DIGITS, type + 7, type + 13);
  return reader.sees(') ', length) ? { sort: 'attribute', valueStart: length + 2 } : undefined;
}

/** Where that begins which is typed into a field found by its name: `'#name').fill("value")`, `'[name="name"]').type(…`. */
function typedInto(reader: Reader, nameEnd: number): number | undefined {
  let end = nameEnd;
  while (end - nameEnd < MAX_CLOSERS && closes(reader.at(end))) end += 1;
  const call = end === nameEnd ? undefined : TYPERS.find((word) => reader.sees(word, end));
  return call === undefined ? undefined : end + call.length;
}

function closes(code: number): boolean {
  return isIn(QUOTES, code) || code === BACKSLASH || CLOSERS.has(code);
}

/** `name: type = value` */
function typedAfter(reader: Reader, signAt: number): Separator | undefined {
  const valueStart = valueAfterType(reader, signAt + 1);
  return valueStart === undefined ? undefined : { sort: 'comparison', valueStart };
}

/** `name As String = value`, `name string = value` */
function declared(reader: Reader, from: number): Separator | undefined {
  if (isIn(QUOTES, reader.at(from)) || reader.at(from) === HYPHEN) return undefined;
  const valueStart = valueAfterType(reader, from);
  return valueStart === undefined ? undefined : { sort: 'comparison', valueStart };
}

/** `| value`: the next cell of a table, `||` having been looked for before. */
function cellAfter(reader: Reader, barAt: number): Separator {
  return { sort: 'cell', valueStart: reader.skip(BLANK, barAt + 1, barAt + 1 + MAX_BLANKS) };
}

/** Where the value begins in `password(value)`, `password(default:value)`, as people note it down: a word, and no string. */
function valueInBrackets(reader: Reader, from: number): number | undefined {
  const start = reader.sees('default:', from) ? from + 'default:'.length : from;
  const end = reader.skip(WORD | PASSWORD_SIGNS, start, start + MAX_ATTRIBUTE);
  const isWhole = end > start && reader.at(end) === CLOSING_PARENTHESIS && !isIn(DOTTED, reader.at(end + 1));
  return isWhole ? start : undefined;
}

/** `AWS Secret Access Key [None]: value`, `API key (live): value` */
function asideAfter(reader: Reader, from: number): Separator | undefined {
  const opener = reader.at(from);
  if (opener !== OPENING_BRACKET && opener !== OPENING_PARENTHESIS) return undefined;
  const closer = opener === OPENING_BRACKET ? CLOSING_BRACKET : CLOSING_PARENTHESIS;
  for (let index = from + 1; index - from < MAX_ASIDE; index += 1) {
    const code = reader.at(index);
    if (code === -1 || code === NEWLINE) return undefined;
    if (code !== closer) continue;
    if (reader.at(index + 1) !== COLON || !isIn(BLANK, reader.at(index + 2))) return undefined;
    return { sort: 'sign', valueStart: reader.skip(BLANK, index + 2, index + 2 + MAX_BLANKS), sign: COLON };
  }
  return undefined;
}

/** `PASSWORD elastic = value`: whose it is stands between. */
function ownerAfter(reader: Reader, nameEnd: number, from: number): Separator | undefined {
  if (!isIn(UPPER_ALNUM, reader.at(nameEnd - 1))) return undefined;
  const end = reader.skip(WORD, from, from + MAX_ASIDE);
  if (end === from || !reader.sees(' = ', end)) return undefined;
  return { sort: 'sign', valueStart: end + ' = '.length, sign: EQUALS };
}

/** Past the signs that end bold text in Markdown. */
function skipStars(reader: Reader, from: number): number {
  let index = from;
  while (index - from < MAX_STARS && reader.at(index) === STAR) index += 1;
  // One star before something else is the beginning of a value.
  return index - from === 1 && isIn(ALNUM, reader.at(index)) ? from : index;
}

/** `NAME'] || value`, `NAME ?? value`: what stands in for a missing variable. */
function fallbackAfter(reader: Reader, signAt: number): Separator | undefined {
  const sign = reader.at(signAt);
  if (
    reader.sees('or ', signAt) &&
    isIn(QUOTES, reader.at(signAt + 3)) &&
    reader.at(signAt - 2) === CLOSING_PARENTHESIS
  ) {
    return { sort: 'comparison', valueStart: signAt + 3 };
  }
  if ((sign !== BAR && sign !== QUESTION) || reader.at(signAt + 1) !== sign) return undefined;
  // `||=` and `??=` too.
  const afterSign = reader.at(signAt + 2) === EQUALS ? signAt + 3 : signAt + 2;
  return { sort: 'comparison', valueStart: reader.skip(BLANK, afterSign, afterSign + MAX_BLANKS) };
}

/** `"name" { … default = value`, `"name": { "value": value` */
function blockAfter(reader: Reader, from: number): Separator | undefined {
  let index = from;
  if (reader.at(index) === COLON || reader.at(index) === EQUALS)
    index = reader.skip(BLANK, index + 1, index + 1 + MAX_BLANKS);
  if (reader.at(index) !== OPENING_BRACE) return undefined;
  for (index += 1; index - from < MAX_BLOCK; index += 1) {
    const code = reader.at(index);
    if (code === -1 || code === CLOSING_BRACE || code === OPENING_BRACE) return undefined;
    const key = BLOCK_KEYS.find((word) => reader.sees(word, index));
    if (key === undefined || isIn(DOTTED, reader.at(index - 1))) continue;
    const keyEnd = skipClosingQuote(reader, index + key.length);
    const signAt = reader.skip(BLANK, keyEnd, keyEnd + MAX_BLANKS);
    if (reader.at(signAt) !== COLON && reader.at(signAt) !== EQUALS) continue;
    return { sort: 'attribute', valueStart: reader.skip(BLANK, signAt + 1, signAt + 1 + MAX_BLANKS) };
  }
  return undefined;
}

/** Past the quote that closes a name, escaped or not, and the bracket after it. */
function skipClosingQuote(reader: Reader, from: number): number {
  const quote = skipBackslashes(reader, from);
  if (!isIn(QUOTES, reader.at(quote))) return skipBracket(reader, from);
  const next = reader.at(quote + 1);
  return next === CLOSING_BRACKET || next === CLOSING_PARENTHESIS ? quote + 2 : quote + 1;
}

/** Past the bracket of `[name] => value`, `[name]=value`, and those of `name[] = value`. */
function skipBracket(reader: Reader, from: number): number {
  if (reader.at(from) === OPENING_BRACKET && reader.at(from + 1) === CLOSING_BRACKET) return from + 2;
  if (reader.at(from) !== CLOSING_BRACKET) return from;
  const next = reader.at(from + 1);
  return next === EQUALS || (next === SPACE && reader.at(from + 2) === EQUALS) ? from + 1 : from;
}

function attributeAfter(reader: Reader, from: number): Separator | undefined {
  const glued = skipGlue(reader, from, MAX_GAP, COMMAS);
  if (glued === from) return undefined;
  const index = skipStamp(reader, from, glued);
  const key = VALUE_KEYS.find((word) => reader.sees(word, index));
  if (key === undefined) return undefined;
  const keyEnd = index + key.length;
  const signAt = reader.skip(BLANK, skipClosingQuote(reader, keyEnd), keyEnd + MAX_BLANKS);
  if (reader.at(signAt) !== COLON && reader.at(signAt) !== EQUALS) return undefined;
  return { sort: 'attribute', valueStart: reader.skip(BLANK, signAt + 1, signAt + 1 + MAX_BLANKS) };
}

/** Past what a log has before a line that begins between `from` and `start`: a time, a number, a source in brackets. */
function skipStamp(reader: Reader, from: number, start: number): number {
  const code = reader.at(start);
  if (!isIn(DIGITS, code) && code !== OPENING_BRACKET) return start;
  if (!LINE_END.test(reader.text.slice(from, start))) return start;
  const stamp = STAMP.exec(reader.text.slice(start, start + MAX_STAMP))?.[0].length ?? 0;
  reader.at(start + MAX_STAMP - 1);
  return start + stamp;
}

/** Where the value of the element begins of which one attribute ended just before: `type="password" name="pw" value=`. */
function valueAttribute(reader: Reader, from: number): number | undefined {
  if (!isIn(BLANK, reader.at(from))) return undefined;
  for (let index = from + 1; index - from < MAX_ELEMENT; index += 1) {
    const code = reader.at(index);
    if (code === -1 || code === GREATER || code === LESS || code === NEWLINE) return undefined;
    if (isIn(BLANK, reader.at(index - 1)) && reader.sees('value=', index)) return index + 'value='.length;
  }
  return undefined;
}

/** Where the text of an XML element begins whose name, or whose `name` attribute, ended just before. */
function elementAfter(reader: Reader, from: number): number | undefined {
  const second = secondElement(reader, from);
  if (second !== undefined) return second;
  let index = from;
  let end = reader.skip(BLANK, index, index + MAX_BLANKS);
  for (let attributes = 0; reader.at(end) !== GREATER; attributes += 1) {
    const after = attributes < MAX_ATTRIBUTES && end > index ? skipAttribute(reader, end) : undefined;
    if (after === undefined) return undefined;
    index = after;
    end = reader.skip(BLANK, index, index + MAX_BLANKS);
  }
  // Behind a name alone it is a comparison, unless the element ends on that line.
  if (end > index && !isIn(QUOTES, reader.at(index - 1))) {
    if (reader.seek({ words: '</', from: end, limit: end + MAX_BLOCK }) < 0) return undefined;
  }
  const start = reader.skip(WHITESPACE, end + 1, end + 1 + MAX_BLANKS);
  return reader.sees('<value>', start) ? start + 7 : start;
}

/** `</key> <string>`: the element of a value beside that of its name, with line ends written out or not. */
function secondElement(reader: Reader, from: number): number | undefined {
  if (reader.at(from) !== LESS || reader.at(from + 1) !== SLASH) return undefined;
  const close = reader.skip(DOTTED, from + 2, from + 2 + MAX_ASIDE);
  if (reader.at(close) !== GREATER) return undefined;
  const index = skipSpace(reader, close + 1, MAX_GAP);
  const element = VALUE_ELEMENTS.find((tag) => reader.sees(tag, index));
  return element === undefined ? undefined : index + element.length;
}

/** Past `name="value"`, its quotes escaped or not, or undefined when no attribute stands there. */
function skipAttribute(reader: Reader, from: number): number | undefined {
  const nameEnd = reader.skip(DOTTED, from, from + MAX_ATTRIBUTE);
  const opening = skipBackslashes(reader, nameEnd + 1);
  const quote = reader.at(opening);
  if (nameEnd === from || reader.at(nameEnd) !== EQUALS || !isIn(QUOTES, quote)) return undefined;
  for (let index = opening + 1; index - nameEnd < MAX_ATTRIBUTE; index += 1) {
    const code = reader.at(index);
    if (code === quote) return index + 1;
    if (code === NEWLINE || code === -1) return undefined;
  }
  return undefined;
}

/** `Unseal Key 2: value`. */
function numbered(reader: Reader, from: number): Separator | undefined {
  const end = reader.skip(DIGITS, from, from + 3);
  if (end === from || reader.at(end) !== COLON || !isIn(BLANK, reader.at(end + 1))) return undefined;
  return { sort: 'sign', valueStart: reader.skip(BLANK, end + 1, end + 1 + MAX_BLANKS) };
}

function blank(reader: Reader, from: number, gap: number): Separator {
  const flag = reader.at(from) === HYPHEN ? VALUE_FLAGS.find((word) => reader.sees(`${word} `, from)) : undefined;
  const valueStart =
    flag === undefined ? from : reader.skip(BLANK, from + flag.length, from + flag.length + MAX_BLANKS);
  if (startsString(reader, valueStart)) return { sort: 'blank', valueStart };
  return { sort: 'flag', valueStart, ...(gap >= MIN_COLUMN_GAP ? { isColumn: true } : {}) };
}

/** Whether a quote stands there, escaped or not. */
function startsString(reader: Reader, from: number): boolean {
  return isIn(QUOTES, reader.at(skipBackslashes(reader, from)));
}
