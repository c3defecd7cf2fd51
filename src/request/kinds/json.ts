import { type Kind, kindOf } from './kind.ts';

/** JSON text, the path of a file that holds some, or an object. */
export type Json = string | object;

const JSON_SCHEMA = { anyOf: [{ type: 'string', minLength: 1 }, { type: 'object' }] } as const;

/** JSON in place, or a file's path. */
export const json: Kind<Json> = kindOf<Json>({
  parse: parseJson,
  expected: 'an object, JSON, or the path of a JSON file',
  schema: JSON_SCHEMA,
});

/** One or more of those. */
export const jsons: Kind<Json | readonly Json[]> = kindOf<Json | readonly Json[]>({
  parse: (value) => (Array.isArray(value) ? value.map(parseJson) : parseJson(value)),
  expected: 'an object, JSON, the path of a JSON file, or a list of those',
  schema: { anyOf: [...JSON_SCHEMA.anyOf, { type: 'array', items: JSON_SCHEMA }] },
});

/** Whether a value is the path of a file, not JSON itself. */
export function isJsonPath(value: Json): value is string {
  return typeof value === 'string' && !/^\s*[{[]/.test(value);
}

/** The JSON text of a value that is no path. */
export function jsonText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parseJson(value: unknown): Json {
  if (typeof value === 'string' && value !== '') {
    if (!isJsonPath(value)) checkJson(value);
    return value;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new Error('JSON, or the path of a JSON file');
}

function checkJson(text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw new Error('valid JSON', { cause: text });
  }
}
