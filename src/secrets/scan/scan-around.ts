import type { AnchorIndex } from './anchor-index.ts';
import type { Crowd } from './crowd.ts';
import { scan, type Observe } from './scan.ts';
import type { Span } from './span.ts';
import { unite } from './unite.ts';

/**
 * What the index finds in a text in which somebody else found `matches`: both as if they were not there, so that they
 * hide nothing, and as if they were masked already, so that a second redaction finds nothing more.
 */
export function scanAround(
  index: AnchorIndex,
  text: string,
  matches: readonly Span[],
  observe?: Observe,
  startsLine = true,
  crowd?: Crowd,
): readonly Span[] {
  const alone = scan(index, text, observe, startsLine, [], 0, undefined, crowd);
  return matches.length === 0
    ? alone
    : unite(alone, scan(index, text, observe, startsLine, matches, 0, undefined, crowd));
}
