import { isStandIn } from '../judge/stand-in.ts';
import type { Reader } from '../scan/reader.ts';
import type { Span } from '../scan/span.ts';

/** What stands where nothing but a password does, unless it only stands in for one. */
export function passwordSpan(reader: Reader, start: number, end: number): Span | undefined {
  return isStandIn(reader.text.slice(start, end)) ? undefined : { kind: 'password', start, end };
}
