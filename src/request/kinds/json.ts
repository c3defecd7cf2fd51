import { parsedJson } from '../../parsed-json.ts';
import type { Kind } from './kind.ts';
import { DEEPEST_JSON, isDeeper } from '../is-deeper.ts';
import { conforms } from './schema.ts';

/** JSON text, the path of a file that holds some, or an object. */
export type Json = string | object;

const JSON_SCHEMA = { anyOf: [{ type: 'string', minLength: 1 }, { type: 'object' }] } as const;

/** JSON in place, or a file's path. */
export const json: Kind<Json> = {
  parse: parseJson,
  is: (value): value is Json => conforms(JSON_SCHEMA, value) && canBeJson(value),
  expected: `JSON of at most ${DEEPEST_JSON} levels, as an object or a text, or the path of a JSON file`,
  schema: JSON_SCHEMA,
};

/** One or more of those. */
export const jsons: Kind<Json | readonly Json[]> = {
  parse: (value) => (Array.isArray(value) ? value.map(parseJson) : parseJson(value)),
  is: (value): value is Json | readonly Json[] =>
    Array.isArray(value) ? Array.from(value).every(json.is) : json.is(value),
  expected: `${json.expected}, or a list of those`,
  schema: { anyOf: [...JSON_SCHEMA.anyOf, { type: 'array', items: JSON_SCHEMA }] },
};

/** Whether a value is the path of a file, not JSON itself. */
export function isJsonPath(value: Json): value is string {
  return typeof value === 'string' && !/^\s*[{[]/.test(value);
}

/** It comes along with what a shell reads from a file. */
const BYTE_ORDER_MARK = /^\uFEFF/;

/** The JSON text of a value that is no path. */
export function jsonText(value: Json): string {
  return typeof value === 'string' ? value.replace(BYTE_ORDER_MARK, '') : JSON.stringify(value);
}

/**
 * Whether nothing in a value keeps it from being written as JSON: no cycle, no big integer, nothing that throws, no more levels
 * than are read. What is wrong with a text that is no JSON is told where it is read.
 */
function canBeJson(value: unknown): boolean {
  if (typeof value === 'string') return isJsonPath(value) || !isDeeper(parsedJson(jsonText(value)), DEEPEST_JSON);
  try {
    return JSON.stringify(value) !== undefined && !isDeeper(value, DEEPEST_JSON);
  } catch {
    return false;
  }
}

function parseJson(value: unknown): Json {
  if (typeof value === 'string' && value !== '') {
    if (!isJsonPath(value)) checkJson(jsonText(value));
    return value;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    checkDepth(value);
    return { ...value };
  }
  throw new Error('JSON, or the path of a JSON file');
}

function checkJson(text: string): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('valid JSON', { cause: text });
  }
  checkDepth(value, text);
}

/** @param given what an error shows of it */
function checkDepth(value: unknown, given: unknown = value): void {
  if (isDeeper(value, DEEPEST_JSON)) throw new Error(`JSON of at most ${DEEPEST_JSON} levels`, { cause: given });
}
