import { isRecord } from '../../is-record.ts';
import { neutralise } from '../../sinks/safe-text.ts';
import type { Result } from './results.ts';

/** What spreadsheets would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * The structured answers as a table (RFC 4180): the id, and a column for each field that any of them has, in the order in
 * which they come. Lists and objects are JSON; an answer that is no object stands in a column `answer`.
 * @param results read twice
 */
export function* csvOf(results: () => Iterable<Result>): Generator<string, void, undefined> {
  const columns = new Set<string>();
  for (const { result } of results()) for (const name of Object.keys(fieldsOf(result.structured))) columns.add(name);
  yield rowOf(['id', ...columns]);
  for (const { id, result } of results()) {
    const fields = fieldsOf(result.structured);
    yield rowOf([id, ...[...columns].map((name) => fields[name])]);
  }
}

function fieldsOf(structured: unknown): Readonly<Record<string, unknown>> {
  if (structured === undefined) return {};
  return isRecord(structured) ? structured : { answer: structured };
}

function rowOf(cells: readonly unknown[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') return quoted(JSON.stringify(value));
  const text = neutralise(value);
  return quoted(FORMULA.test(text) ? `'${text}` : text);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
