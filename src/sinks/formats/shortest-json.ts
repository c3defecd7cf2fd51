/**
 * Whether a text, which was read as this value, is what `JSON.stringify` makes of it, but for the order of fields that are
 * named by numbers. Such a text says nothing besides, as by a field that is there twice, of which only the last was read.
 * Lengths tell, since no other text of the value is as short. Doubt is a no: where a number could be written otherwise, and
 * where a character is written as a number.
 */
export function isShortestJson(text: string, value: unknown): boolean {
  let escapes = 0;
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 2)) {
    const code = text.charCodeAt(at + 1);
    if (code === LETTER_U || code === SLASH) return false;
    escapes += 1;
  }
  return text.length === lengthOf(value) + escapes;
}

const LETTER_U = 0x75;
const SLASH = 0x2f;

/** The length of a value's JSON in which no character is escaped; NaN where a number could be written otherwise. */
function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number') return isShortest(value) ? String(value).length : Number.NaN;
  if (value === null || value === true) return 4;
  if (value === false) return 5;
  return Array.isArray(value) ? lengthOfList(value) : lengthOfFields(Object(value));
}

function lengthOfList(items: readonly unknown[]): number {
  let length = Math.max(2, items.length + 1);
  for (const item of items) length += lengthOf(item);
  return length;
}

const { hasOwnProperty } = Object.prototype;

function lengthOfFields(fields: Readonly<Record<string, unknown>>): number {
  let length = 1;
  for (const name in fields) {
    if (hasOwnProperty.call(fields, name)) length += name.length + 4 + lengthOf(fields[name]);
  }
  return Math.max(2, length);
}

/** Whether a number has no other text that is as short: `1e2` is, `1e-2`, and what has more digits than are kept. */
function isShortest(number: number): boolean {
  const size = Math.abs(number);
  return Number.isInteger(number)
    ? size < 100 || (size % 100 !== 0 && size < MOST)
    : size >= 0.1 && hasFewDigits(number);
}

/** Any 15 digits make a number of their own. */
const MOST = 1e15;

function hasFewDigits(number: number): boolean {
  return String(number).length <= 16;
}
