import { reasonOf } from '../errors.ts';
import { isRecord } from '../is-record.ts';
import { textOf } from './setup.ts';

/** A file of JSON that claude reads. */
export type JsonFile = { readonly path: string } & (
  | { readonly values: Readonly<Record<string, unknown>> }
  /** One that can't be used, and why. */
  | { readonly values: null; readonly flaw: string }
);

/** Reads a file that is to hold a JSON object; null where there is none. An empty one holds an empty object. */
export function readJsonFile(path: string): JsonFile | null {
  try {
    const text = textOf(path);
    if (text === null) return null;
    const values: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    return isRecord(values) ? { path, values } : { path, values: null, flaw: 'it is no JSON object' };
  } catch (error) {
    // A parser's own words quote the file, which may hold secrets.
    return { path, values: null, flaw: error instanceof SyntaxError ? 'it is not valid JSON' : reasonOf(error) };
  }
}
