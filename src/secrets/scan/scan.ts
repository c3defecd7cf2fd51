import { anchorNear, type AnchorIndex, type Candidate } from './anchor-index.ts';
import { Crowd, MIN_CROWDED } from './crowd.ts';
import type { Growth } from './growth.ts';
import { FEW, type Observe, observeAgain, Pass } from './pass.ts';
import { Reader, type ScanInner } from './reader.ts';
import { Sieve } from './sieve.ts';
import type { Span } from './span.ts';
import { MAX_TOKEN } from './text-boundaries.ts';
import { Unwrapped } from './unwrapped.ts';

const NOTHING: readonly Span[] = [];
const NONE: readonly number[] = [];

/** A text to look through, and what is known of it. */
export interface Scanned {
  readonly text: string;
  /** Whether it begins where a line does, as a text does that was cut from none. */
  readonly startsLine?: boolean;
  /** What somebody else found in it, ascending. */
  readonly matches?: readonly Span[];
  /** What is known of where marks crowd in it. */
  readonly crowd?: Crowd | undefined;
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
  { text, startsLine = true, matches = NOTHING, growth, crowd = growth?.crowd ?? crowdOf(text), observe }: Scanned,
  unwrapped?: Unwrapped,
): readonly Span[] {
  const sieve = sieveAt(depth);
  const decided = matches.length === 0 ? growth?.resume(index, text) : undefined;
  let from = decided?.from ?? 0;
  let pass = decided?.pass;
  crowd?.begin(from);
  sieve.reset(from);
  const limit = pass?.limit ?? matches[0]?.start ?? Infinity;
  const last = lastSample(index, text, Math.min(limit, text.length));
  let position = sieve.next(index, text, from, last, crowd);
  if (pass === undefined) {
    const seen = { text, startsLine, floor: 0 };
    // Worth asking before a pass begins, which most texts never need.
    for (let places = 0; position >= 0; places += 1) {
      const { candidates } = sieve;
      const mayBeFamiliar = places < FEW && text.length < MAX_TOKEN && crowd?.next(text, 0, NONE) === undefined;
      const known = mayBeFamiliar ? index.familiar.find(seen, position, candidates) : undefined;
      if (known !== undefined && position + known.lastStart < limit) observeAgain(known, text, position, observe);
      else if (standsNear(candidates, text, position)) break;
      from = position + 2;
      position = sieve.next(index, text, from, last, crowd);
    }
    if (position < 0 && matches.length === 0 && crowd?.next(text, 0, NONE) === undefined) return NOTHING;
    const reader = new Reader(text, startsLine, depth, innerScan(index, depth, unwrapped));
    pass = new Pass(index, reader, matches, position);
  }
  pass.observe = observe;
  for (;;) {
    const next = position < 0 ? from : position;
    // Behind a secret that is not masked yet, the pass goes back to where that ends.
    if (matches.length === 0 && observe !== undefined && next <= pass.limit) growth?.mark(pass, next);
    // What is masked unread may begin before the place that was found.
    if (crowd === undefined || !pass.plansNext(crowd)) {
      if (position >= 0) from = pass.tryAnchors(position, sieve.candidates) + 2;
      else if (pass.hasPlans) from = pass.acceptFirstPlan() - 1;
      else return pass.accepted;
    }
    position = sieve.next(index, text, from, lastSample(index, text, pass.limit), crowd);
  }
}

function crowdOf(text: string): Crowd | undefined {
  return text.length < MIN_CROWDED ? undefined : new Crowd();
}

function standsNear(candidates: readonly Candidate[], text: string, position: number): boolean {
  for (const candidate of candidates) if (anchorNear(candidate, text, position) !== undefined) return true;
  return false;
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
