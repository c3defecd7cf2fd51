import type { AnchorIndex } from './anchor-index.ts';
import { Crowd, MIN_CROWDED } from './crowd.ts';
import { firstStrange, tryShort } from './glance.ts';
import type { Growth } from './growth.ts';
import { type Observe, Pass } from './pass.ts';
import { Reader, type ScanInner } from './reader.ts';
import { Sieve } from './sieve.ts';
import type { Span } from './span.ts';
import { Unwrapped } from './unwrapped.ts';

const NOTHING: readonly Span[] = [];

/** A text to look through, and what is known of it. */
export interface Scanned {
  readonly text: string;
  /** Whether it begins where a line does, as a text does that was cut from none. */
  readonly startsLine?: boolean;
  /** What somebody else found in it, ascending. */
  readonly matches?: readonly Span[];
  readonly observe?: Observe;
  /** What was made of it when it was shorter. */
  readonly growth?: Growth | undefined;
}

/**
 * The one pass over a text: stops at anchors, lets their parsers look, and returns what they recognised, ascending
 * and without overlap; where two overlap they unite. Spans of kind `KEPT` are among them, and so are `matches`, which somebody
 * else found: they will be masked, so that what stands behind one reads as if nothing stood before it.
 */
export function scan(index: AnchorIndex, scanned: Scanned): readonly Span[] {
  return scanAt(0, index, scanned);
}

/** The same for a text that was taken out of so many others, one in the other. */
function scanAt(
  depth: number,
  index: AnchorIndex,
  { text, startsLine = true, matches = NOTHING, growth, observe }: Scanned,
  unwrapped?: Unwrapped,
): readonly Span[] {
  // Nobody asks of an inner text more than how long it is.
  const isGlanced = growth === undefined && matches.length === 0 && (observe === undefined || depth > 0);
  const first = isGlanced ? firstStrange(index, text, startsLine) : 0;
  if (first === -1) return NOTHING;
  const sieve = sieveAt(depth);
  const isShort = text.length < MIN_CROWDED;
  const crowd = growth?.crowd ?? (isShort || first > 0 ? undefined : new Crowd());
  const decided = matches.length === 0 ? growth?.resume(index, text) : undefined;
  // A crowd has to know of all that stands before.
  let from = decided?.from ?? 0;
  const readerOf = () => new Reader(text, startsLine, depth, innerScan(index, depth, unwrapped));
  const pass = decided?.pass ?? new Pass(index, readerOf(), matches);
  pass.observe = observe;
  if (isGlanced) from = isShort ? tryShort(index, text, startsLine, pass, first) : first;
  if (from === -1) return NOTHING;
  crowd?.begin(from);
  sieve.reset(from);
  for (;;) {
    const position = sieve.next(index, text, from, lastSample(index, text, pass.limit), crowd);
    const next = position < 0 ? from : position;
    // Behind a secret that is not masked yet, the pass goes back to where that ends.
    if (matches.length === 0 && observe !== undefined && next <= pass.limit) growth?.mark(pass, next);
    // What is masked unread may begin before the place that was found.
    if (crowd === undefined || !pass.plansNext(crowd)) {
      if (position >= 0) {
        pass.tryAnchors(position, sieve.candidates);
        from = position + 2;
      } else if (pass.hasPlans) from = pass.acceptFirstPlan() - 1;
      else return pass.accepted;
    }
  }
}

/** One for each depth: a text is gone through while the one that it was taken out of waits. */
const sieves: Sieve[] = [];

function sieveAt(depth: number): Sieve {
  const sieve = (sieves[depth] ??= new Sieve());
  sieve.reset();
  return sieve;
}

/** One past the last place from where an anchor may be seen that begins before `limit`. */
function lastSample(index: AnchorIndex, text: string, limit: number): number {
  return Math.min(limit + index.furthest, text.length - 2);
}

function innerScan(index: AnchorIndex, depth: number, unwrapped = new Unwrapped()): ScanInner {
  return (text, startsLine) =>
    unwrapped.read(text, startsLine, depth, () => {
      let steps = text.length;
      const observe: Observe = (_start, _reach, sofar) => (steps = sofar);
      return { spans: scanAt(depth + 1, index, { text, startsLine, observe }, unwrapped), steps };
    });
}
