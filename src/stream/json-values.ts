import { parsedJson } from '../parsed-json.ts';

/** What a line that should be one JSON text consists of. */
export interface JsonValues {
  /** The JSON texts that it begins with, each with what it says. */
  readonly values: readonly JsonValue[];
  /** What follows them and is none; empty where nothing does that could matter. */
  readonly rest: string;
}

interface JsonValue {
  readonly text: string;
  readonly value: unknown;
}

/**
 * Reads a line of JSON. One that is not, but begins with whole objects or arrays, is read as those: two writers may have
 * glued their lines together, or a program have put a byte order mark or a terminal's sequence before them. What is
 * inside of a text is never changed. Takes time in proportion to the line's length.
 */
export function readJsonValues(text: string): JsonValues {
  const whole = parse(text);
  return whole === null ? splitValues(text) : { values: [whole], rest: '' };
}

function splitValues(text: string): JsonValues {
  const values: JsonValue[] = [];
  for (let position = skipIgnored(text, 0); ;) {
    if (position === text.length) return { values, rest: '' };
    const end = endOfValue(text, position);
    const value = end === null ? null : parse(text.slice(position, end));
    if (end === null || value === null) return { values, rest: text.slice(position) };
    values.push(value);
    position = skipIgnored(text, end);
  }
}

function parse(text: string): JsonValue | null {
  const value = parsedJson(text);
  return value === undefined ? null : { text, value };
}

/** White space, a byte order mark, or a sequence that only a terminal would act upon (ECMA-48): nothing that was said. */
const IGNORED =
  /\s+|\u001B(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001B]*(?:\u0007|\u001B\\)|[ -/]*[0-OQ-WYZ\\`-~])|\u009B[0-?]*[ -/]*[@-~]/y;

function skipIgnored(text: string, start: number): number {
  let position = start;
  for (;;) {
    IGNORED.lastIndex = position;
    if (!IGNORED.test(text)) return position;
    position = IGNORED.lastIndex;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** Where the object or array that begins at a position ends; null when none does there. */
function endOfValue(text: string, start: number): number | null {
  let depth = 0;
  let isString = false;
  for (let position = start; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (isString) {
      if (code === BACKSLASH) position++;
      else if (code === QUOTE) isString = false;
    } else if (OPENING.has(code)) depth++;
    else if (depth === 0) return null;
    else if (code === QUOTE) isString = true;
    else if (CLOSING.has(code) && --depth === 0) return position + 1;
  }
  return null;
}
