import type { AnchorIndex } from './anchor-index.ts';
import { scan, type Scanned } from './scan.ts';
import type { Span } from './span.ts';
import { unite } from './unite.ts';

const NONE: readonly Span[] = [];

/**
 * What the index finds in a text in which somebody else found `matches`: both as if they were not there, so that they
 * hide nothing, and as if they were masked already, so that a second redaction finds nothing more.
 */
export function scanAround(index: AnchorIndex, scanned: Scanned): readonly Span[] {
  const { matches = NONE } = scanned;
  return matches.length === 0
    ? scan(index, scanned)
    : unite(scan(index, { ...scanned, matches: NONE }), scan(index, scanned));
}
