import { lineOf } from '../../messages/line-of.ts';
import type { RunEvent } from '../../messages/types.ts';

/** About how many bytes of memory an event takes: an estimate that costs much less than its JSON. */
export function sizeOf(event: RunEvent): number {
  // A clipped text holds on to the long one that it was cut from until it is written down.
  if (event.truncated) return JSON.stringify(event).length;
  return sizeOfValue(event.message) + (lineOf(event.message)?.length ?? 0);
}

/** What an object, an array or a field costs beside what is in it. */
const OVERHEAD = 32;

function sizeOfValue(value: unknown): number {
  if (typeof value === 'string') return OVERHEAD + value.length;
  if (typeof value !== 'object' || value === null) return OVERHEAD;
  let size = OVERHEAD;
  for (const part of Object.values(value)) size += sizeOfValue(part);
  return size;
}
