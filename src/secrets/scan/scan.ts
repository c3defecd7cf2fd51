import { anchorNear, type AnchorIndex, type Candidate } from './anchor-index.ts';
import { Reader, type ScanInner } from './reader.ts';
import { Sieve } from './sieve.ts';
import { KEPT } from './span.ts';
import type { Anchor, Span } from './span.ts';
import { tokenBoundaries } from './text-boundaries.ts';

/**
 * Told of every place where something was tried: where it began, one past the furthest character it asked for, and how
 * many characters all that was tried so far has looked at.
 */
export type Observe = (start: number, reach: number, steps: number) => void;

const NOTHING: readonly Span[] = [];

/**
 * The one pass over a text: stops at anchors, lets their parsers look, and returns what they recognised, ascending
 * and without overlap; where two overlap they unite. Spans of kind {@link KEPT} are among them, and so are `matches`, which somebody
 * else found: they will be masked, so that what stands behind one reads as if nothing stood before it.
 */
export function scan(
  index: AnchorIndex,
  text: string,
  observe?: Observe,
  startsLine = true,
  matches: readonly Span[] = NOTHING,
  depth = 0,
): readonly Span[] {
  const sieve = sieveAt(depth);
  const first = matches[0]?.start ?? text.length;
  let position = sieve.next(index, text, 0, lastSample(index, text, first));
  // Worth asking before a pass begins, which most texts never need.
  while (position >= 0 && !standsNear(sieve.candidates, text, position)) {
    position = sieve.next(index, text, position + 2, lastSample(index, text, first));
  }
  if (position < 0 && matches.length === 0) return NOTHING;
  const pass = new Pass(index, new Reader(text, startsLine, depth, innerScan(index, depth)), matches, observe);
  for (;;) {
    if (position >= 0) {
      pass.tryAnchors(position, sieve.candidates);
      position += 2;
    } else if (pass.hasPlans) position = pass.acceptFirstPlan() - 1;
    else return pass.accepted;
    position = sieve.next(index, text, position, lastSample(index, text, pass.limit));
  }
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

function innerScan(index: AnchorIndex, depth: number): ScanInner {
  return (text, startsLine) => {
    let steps = text.length;
    const observe: Observe = (_start, _reach, sofar) => (steps = sofar);
    return { spans: scan(index, text, observe, startsLine, NOTHING, depth + 1), steps };
  };
}

class Pass {
  readonly #index: AnchorIndex;
  readonly #text: string;
  readonly #observe: Observe | undefined;
  readonly #reader: Reader;
  readonly #boundaries: readonly number[];
  #boundary = 0;
  /** What was recognised further on, ascending; anchors before it are still to be tried. */
  #plans: Span[] = [];
  #accepted: Span[] | undefined;
  /** Where the last accepted span ended: nothing begins before it, and no parser sees what is left of it. */
  #floor = 0;

  constructor(index: AnchorIndex, reader: Reader, matches: readonly Span[], observe: Observe | undefined) {
    for (const match of matches) this.#plan(match);
    this.#index = index;
    this.#text = reader.text;
    this.#observe = observe;
    this.#reader = reader;
    this.#boundaries = tokenBoundaries(reader.text);
  }

  get accepted(): readonly Span[] {
    return this.#accepted ?? NOTHING;
  }

  get hasPlans(): boolean {
    return this.#plans.length > 0;
  }

  /** Where the first plan begins: anchors count only before it. */
  get limit(): number {
    return this.#plans[0]?.start ?? this.#text.length;
  }

  tryAnchors(position: number, candidates: readonly Candidate[]): void {
    for (const candidate of candidates) {
      const anchor = anchorNear(candidate, this.#text, position);
      const start = position + candidate.offset;
      if (anchor === undefined || start < this.#floor || start >= this.limit) continue;
      const found = this.#parse(anchor, start);
      this.#observe?.(start, this.#reader.reach, this.#reader.steps);
      if (found === undefined) continue;
      if ('kind' in found) this.#plan(found);
      else for (const span of found) this.#plan(span);
    }
  }

  /** Takes the first plan for good, and returns where to go on. */
  acceptFirstPlan(): number {
    const plan = this.#plans.shift();
    if (plan === undefined) return this.#floor;
    let span = this.#settle(plan);
    while (this.#plans[0] !== undefined && this.#plans[0].start < span.end) {
      const overlapping = this.#plans.shift();
      if (overlapping !== undefined && overlapping.end > span.end) {
        span = this.#settle({ kind: span.kind, start: span.start, end: overlapping.end });
      }
    }
    (this.#accepted ??= []).push(span);
    this.#floor = span.end;
    return span.end;
  }

  #parse(anchor: Anchor, start: number): Span | readonly Span[] | undefined {
    while ((this.#boundaries[this.#boundary] ?? Infinity) <= start) {
      this.#reader.floor = this.#boundaries[this.#boundary] ?? 0;
      this.#boundary += 1;
    }
    this.#reader.floor = Math.max(this.#reader.floor, this.#floor);
    this.#reader.reach = start + anchor.text.length;
    return anchor.parse(this.#reader, start, start + anchor.text.length);
  }

  #plan(span: Span): void {
    if (span.end <= this.#floor) return;
    const plan = span.start < this.#floor ? { ...span, start: this.#floor } : span;
    const at = this.#plans.findIndex((other) => other.start > plan.start);
    this.#plans.splice(at < 0 ? this.#plans.length : at, 0, plan);
  }

  /**
   * What a span found by its surroundings turns out to be: a known format or value that begins there gives it its
   * name, and a known value that begins inside and ends outside is masked to its end.
   */
  #settle(span: Span): Span {
    let settled = span;
    for (let position = span.start; position < settled.end; position += 1) {
      for (const { finder } of this.#index.heads(this.#text, position)) {
        if (finder.isCutAt(this.#text, position)) this.#observe?.(position, Infinity, this.#reader.steps);
        const anchor = finder.at(this.#text, position);
        if (anchor === undefined) continue;
        if (!(position === span.start || anchor.isLiteral === true)) continue;
        const found = this.#parse(anchor, position);
        this.#observe?.(position, this.#reader.reach, this.#reader.steps);
        if (found === undefined) continue;
        const [first, ...rest] = 'kind' in found ? [found] : found;
        if (first === undefined) continue;
        if (first.start !== position) {
          // What stands beside it: the secret behind the id of a key.
          if (position === span.start && first.start >= settled.end)
            for (const part of [first, ...rest]) this.#plan(part);
          continue;
        }
        if (position === span.start && first.end >= settled.end && first.kind !== KEPT) {
          settled = first;
          // What it has on other lines.
          for (const part of rest) this.#plan(part);
        } else if (first.end > settled.end) settled = { kind: settled.kind, start: settled.start, end: first.end };
      }
    }
    return settled;
  }
}
