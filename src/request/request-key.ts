import { createHash } from 'node:crypto';
import { isRecord } from '../is-record.ts';

/**
 * What tells one request from another: the same for the same fields and values, in whatever order they stand; a field
 * that is undefined is none. `sha256:` and 64 hexadecimal digits.
 */
export function requestKey(request: object): string {
  return `sha256:${createHash('sha256')
    .update(JSON.stringify(sorted(request)))
    .digest('hex')}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name])]));
}
