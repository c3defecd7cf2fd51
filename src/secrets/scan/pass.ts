import { anchorNear, type AnchorIndex, type Candidate } from './anchor-index.ts';
import { type Crowd, type Crowded, spanOf } from './crowd.ts';
import { find, type Harmless, isHopeful, type Known, movedBy } from './familiar.ts';
import type { Finder } from './finder.ts';
import { type Reader, searchIn } from './reader.ts';
import { Place, shifted, type Try } from './place.ts';
import { type Anchor, KEPT, type Span } from './span.ts';
import { tokenBoundaries } from './text-boundaries.ts';
import type { Gate } from './window-gates.ts';

/**
 * Told of every place where something was tried: where it began, one past the furthest character it asked for, and how
 * many characters all that was tried so far has looked at.
 */
export type Observe = (start: number, reach: number, steps: number) => void;

const NOTHING: readonly Span[] = [];
const NO_CANDIDATES: readonly Candidate[] = [];

/** All that a pass goes by besides the text. */
interface State {
  /** Where the last accepted span ended: nothing begins before it, and no parser sees what is left of it. */
  floor: number;
  /** How many tokens ended that have no whitespace behind them. */
  boundary: number;
  /** What was recognised further on, ascending; anchors before it are still to be tried. */
  plans: Span[];
  /** The last stretch that is masked unread. */
  crowded: Crowded | undefined;
  /** The last that found something: what it found is named by what stands there, which is as a rule itself. */
  lastFound: Try | undefined;
}

/** What a pass and its reader stood at. */
export interface Saved {
  readonly state: State;
  readonly accepted: number;
  readonly seen: ReturnType<Reader['save']>;
}

/** What was made of a text so far, from left to right. */
export class Pass {
  readonly #index: AnchorIndex;
  #text: string;
  readonly #reader: Reader;
  #boundaries: readonly number[];
  #state: State = { floor: 0, boundary: 0, plans: [], crowded: undefined, lastFound: undefined };
  #accepted: Span[] | undefined;
  /** What was last made of each anchor at the beginning of a span. */
  #heads: Map<Anchor, Place> | undefined;
  observe: Observe | undefined;

  constructor(index: AnchorIndex, reader: Reader, matches: readonly Span[]) {
    for (const match of matches) this.#plan(match);
    this.#index = index;
    this.#text = reader.text;
    this.#reader = reader;
    this.#boundaries = tokenBoundaries(reader.text);
  }

  /** What it stands at, to go on from there when the text has grown. */
  save(): Saved {
    return { state: copyOf(this.#state), accepted: this.#accepted?.length ?? 0, seen: this.#reader.save() };
  }

  /** Goes back to where it stood, at `from`, in a text that has grown. Returns whether what it made of the text before still holds. */
  restore({ state, accepted, seen }: Saved, text: string, from: number): boolean {
    const boundaries = tokenBoundaries(text);
    const added = boundaries[this.#boundaries.length];
    if (added !== undefined && added < from + this.#index.longest) return false;
    this.#text = text;
    this.#boundaries = boundaries;
    this.#reader.grow(text, seen);
    // What is remembered may have been cut short by the end of the text.
    this.#heads = undefined;
    this.#state = copyOf(state);
    this.#accepted?.splice(accepted);
    return true;
  }

  get accepted(): readonly Span[] {
    return this.#accepted ?? NOTHING;
  }

  get hasPlans(): boolean {
    return this.#state.plans.length > 0;
  }

  /** Where the first plan begins: anchors count only before it. */
  get limit(): number {
    return this.#state.plans[0]?.start ?? this.#text.length;
  }

  /** Plans the next stretch that is masked unread, if there is one and the last is done with. */
  plansNext(crowd: Crowd): boolean {
    if (this.#state.crowded !== undefined && this.#state.crowded.end > this.#state.floor) return false;
    const next = crowd.next(this.#text, this.#state.floor, this.#boundaries);
    this.#state.crowded = next;
    this.#reader.ceiling = next?.start ?? Infinity;
    if (next === undefined) return false;
    this.#plan(spanOf(next));
    this.observe?.(next.start, next.isComplete ? next.end : Infinity, this.#reader.steps);
    return true;
  }

  /** Tries what may stand near a position. */
  tryAnchors(position: number, candidates: readonly Candidate[]): void {
    const first = candidates[0];
    const last = candidates.at(-1);
    if (first === undefined || last === undefined) return;
    this.#raiseFloor(position + first.offset);
    // A token ends among them.
    if (this.#nextBoundary <= position + last.offset) this.#try(position, candidates);
    else this.#tryUnknown(position, candidates, this.#state.plans[0]?.start ?? Infinity);
  }

  /** Tries what stands near a strange place with nothing found before it, and returns whether that led to something. */
  tryStrange(position: number, { candidates, known }: Gate): boolean {
    this.#tryAnew(position, candidates, known);
    return this.hasPlans;
  }

  /** Tries what may stand near a position, unless all that counts there led to nothing before. */
  #tryUnknown(position: number, candidates: readonly Candidate[], limit: number): void {
    const alike = this.#index.familiar.knownOf(candidates);
    const { startsLine, floor } = this.#reader;
    const known = find(alike, { text: this.#text, startsLine, floor }, position);
    if (known === undefined || position + known.lastStart >= limit) this.#tryAnew(position, candidates, alike);
    else observeAgain(known, this.#text, position, this.observe, this.#reader.steps);
  }

  #tryAnew(position: number, candidates: readonly Candidate[], alike: Known): void {
    const reader = this.#reader;
    const place = isHopeful(alike) ? new Place(position, candidates, reader.floor) : undefined;
    this.#try(position, candidates, place);
    if (place !== undefined) this.#index.familiar.add(place, reader);
  }

  /** Takes the first plan for good, and returns where to go on. */
  acceptFirstPlan(): number {
    const plan = this.#state.plans.shift();
    if (plan === undefined) return this.#state.floor;
    let span = this.#settle(plan);
    while (this.#state.plans[0] !== undefined && this.#state.plans[0].start < span.end) {
      const overlapping = this.#state.plans.shift();
      if (overlapping !== undefined && overlapping.end > span.end) {
        span = this.#settle({ kind: span.kind, start: span.start, end: overlapping.end });
      }
    }
    (this.#accepted ??= []).push(span);
    this.#state.floor = span.end;
    return span.end;
  }

  #try(position: number, candidates: readonly Candidate[], place?: Place): void {
    const reader = this.#reader;
    for (const candidate of candidates) {
      const anchor = anchorNear(candidate, this.#text, position);
      const start = position + candidate.offset;
      if (anchor === undefined) place?.ruleOut(candidate, this.#text);
      else place?.cover(start, start + anchor.text.length);
      if (anchor === undefined || start < this.#state.floor) continue;
      if (start >= this.limit) {
        if (place !== undefined) place.sawLimit = true;
        continue;
      }
      if (anchor.wasRead?.(reader, start) === true) {
        if (place !== undefined) place.usesMemory = true;
        continue;
      }
      const spans = this.#parse(anchor, start);
      if (place === undefined && spans.length === 0) {
        this.observe?.(start, reader.lookedTo, reader.steps);
        continue;
      }
      const one = this.#tryOf(anchor, start, spans);
      place?.add(one, reader);
      this.#take(one);
    }
  }

  #take(one: Try): void {
    const { start, reach, spans } = one;
    this.observe?.(start, reach, this.#reader.steps);
    if (spans.length > 0) this.#state.lastFound = one;
    for (const span of spans) this.#plan(span);
  }

  #parse(anchor: Anchor, start: number): readonly Span[] {
    const reader = this.#reader;
    const end = start + anchor.text.length;
    this.#raiseFloor(start);
    reader.begin(start, end);
    const found = anchor.parse(reader, start, end);
    return found === undefined ? NOTHING : 'kind' in found ? [found] : found;
  }

  /** What was parsed last. */
  #tryOf(anchor: Anchor, start: number, spans: readonly Span[]): Try {
    const { lookedTo, floor } = this.#reader;
    return { anchor, start, reach: lookedTo, floor, spans };
  }

  /** Hides what a parser that begins at `start` must not see. */
  #raiseFloor(start: number): void {
    while (this.#nextBoundary <= start) {
      this.#reader.floor = this.#nextBoundary;
      this.#state.boundary += 1;
    }
    this.#reader.floor = Math.max(this.#reader.floor, this.#state.floor);
  }

  get #nextBoundary(): number {
    return this.#boundaries[this.#state.boundary] ?? Infinity;
  }

  #plan(span: Span): void {
    if (span.end <= this.#state.floor) return;
    const plan = span.start < this.#state.floor ? { ...span, start: this.#state.floor } : span;
    const plans = this.#state.plans;
    let at = plans.length;
    while (at > 0 && (plans[at - 1]?.start ?? 0) > plan.start) at -= 1;
    if (at === plans.length) plans.push(plan);
    else plans.splice(at, 0, plan);
  }

  /**
   * What a span found by its surroundings turns out to be: a known format or value that begins there gives it its
   * name, and a known value that begins inside and ends outside is masked to its end.
   */
  #settle(span: Span): Span {
    let settled = span;
    for (const { finder } of this.#index.heads(this.#text, span.start)) {
      settled = this.#named(settled, finder);
    }
    if (this.#index.hasLiterals) settled = this.#stretched(settled);
    this.#observeCut(span.start, settled.end);
    return settled;
  }

  /** A span to where the known values end that begin inside. */
  #stretched(span: Span): Span {
    let stretched = span;
    for (let position = span.start + 1; position < stretched.end; position += 1) {
      for (const { finder } of this.#index.literals(this.#text, position)) {
        const [first] = this.#spansAt(finder, position);
        if (first !== undefined && first.end > stretched.end)
          stretched = { kind: stretched.kind, start: stretched.start, end: first.end };
      }
    }
    return stretched;
  }

  /** What a span is by what begins where it does. */
  #named(span: Span, finder: Finder): Span {
    const [first, ...rest] = this.#spansAt(finder, span.start);
    if (first === undefined) return span;
    if (first.start !== span.start) {
      // What stands beside it: the secret behind the id of a key.
      if (first.start >= span.end) for (const part of [first, ...rest]) this.#plan(part);
      return span;
    }
    if (first.end < span.end || first.kind === KEPT) {
      return first.end > span.end ? { kind: span.kind, start: span.start, end: first.end } : span;
    }
    // What it has on other lines.
    for (const part of rest) this.#plan(part);
    return first;
  }

  #spansAt(finder: Finder, position: number): readonly Span[] {
    const anchor = finder.at(this.#text, position);
    if (anchor === undefined) return NOTHING;
    this.#raiseFloor(position);
    const last = this.#state.lastFound;
    if (last?.anchor === anchor && last.start === position && last.floor === this.#reader.floor) return last.spans;
    const { reach, spans } = this.#knownHead(anchor, position) ?? this.#parseHead(anchor, position);
    this.observe?.(position, reach, this.#reader.steps);
    return spans;
  }

  #knownHead(anchor: Anchor, position: number): Try | undefined {
    const { floor } = this.#reader;
    const place = this.#heads?.get(anchor);
    const [one] = place?.tries ?? [];
    if (place === undefined || one === undefined || !place.hasSameTextAt(this.#reader, position)) return undefined;
    return shifted(one, position - place.position, floor);
  }

  #parseHead(anchor: Anchor, position: number): Try {
    const place = new Place(position, NO_CANDIDATES, this.#reader.floor);
    const one = this.#tryOf(anchor, position, this.#parse(anchor, position));
    place.add(one, this.#reader);
    if (!place.usesMemory) (this.#heads ??= new Map()).set(anchor, place);
    return one;
  }

  /** Says where in a span something may begin that the end of the text cuts short. */
  #observeCut(from: number, to: number): void {
    if (this.observe === undefined) return;
    for (let position = Math.max(from, this.#text.length - this.#index.longest); position < to; position += 1) {
      const heads = this.#index.heads(this.#text, position);
      if (heads.some(({ finder }) => finder.isCutAt(this.#text, position)))
        this.observe(position, Infinity, this.#reader.steps);
    }
  }
}

/** Tells of what was tried near a place when that was no familiar one yet. */
function observeAgain(
  { tries, searches }: Harmless,
  text: string,
  position: number,
  observe: Observe | undefined,
  steps = 0,
): void {
  if (observe === undefined) return;
  for (const [start, reach] of tries) observe(position + start, position + reach, steps);
  const first = position + (tries[0]?.[0] ?? 0);
  for (const search of searches) observe(first, searchIn(text, movedBy(search, position)).reach, steps);
}

function copyOf(state: State): State {
  return { ...state, plans: [...state.plans] };
}
