import { hash } from 'node:crypto';
import { isRecord } from '../is-record.ts';

/**
 * What tells one request from another: the same for the same fields and values, in whatever order they stand; a field
 * that is undefined is none. `sha256:` and 64 hexadecimal digits.
 */
export function requestKey(request: object): string {
  return `sha256:${hash('sha256', canonicalJson(request))}`;
}

/** The same text for the same fields and values. */
export function canonicalJson(request: object): string {
  return JSON.stringify(sorted(request));
}

function sorted(value: unknown): unknown {
  // Most requests of a batch are: a copy takes longer than a look.
  if (isSorted(value)) return value;
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  // Without a prototype, no name means anything else.
  const inOrder: Record<string, unknown> = Object.create(null);
  for (const name of Object.keys(value).toSorted()) inOrder[name] = sorted(value[name]);
  return inOrder;
}

function isSorted(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isSorted);
  if (!isRecord(value)) return true;
  let last = '';
  for (const name of Object.keys(value)) {
    if (name < last || !isSorted(value[name])) return false;
    last = name;
  }
  return true;
}
