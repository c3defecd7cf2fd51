import type { Candidate } from './anchor-index.ts';
import { AnchorFinder } from './finder.ts';
import { WINDOW, windowAt } from './window.ts';

/** Lower case of Latin letters, by their bytes. */
const FOLDED = Uint8Array.from({ length: 256 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));
const NONE = -1;
/** The bit of a probe whose letter case counts. */
const EXACT = 256;
/** How far before a window, and behind its beginning, the character may stand that is looked at. */
export const FURTHEST_PROBE = 128;
/** Doubled when half of it is taken. */
const FIRST_SIZE = 1 << 12;
/** What spreads windows over a table, the odd number next to 2^32 over the golden ratio. */
const SPREAD = 0x9e37_79b1;

/** Numbers of an entry, side by side, as they are looked at together. */
const ENTRY = 4;
/** Where its probes begin, and which characters may stand just before its window and just behind it, a bit for each by its low five bits. */
const PROBES = 1;
const BEFORE = 2;
const BEHIND = 3;
const ANY = -1;

/**
 * For windows that were come across, which character near one each of its anchors has: looked at before anything
 * else is, as most windows of ordinary text are part of other words.
 */
export class WindowGates {
  readonly #candidates: (window: number) => readonly Candidate[];
  /** An entry for each window where it hashes to, and the candidates of each. */
  #entries = new Int32Array(ENTRY * FIRST_SIZE).fill(NONE);
  #lists: (readonly Candidate[])[] = [];
  #size = 0;
  /** For each candidate of a window where its probe stands, counted from the furthest before the window, whether letter case counts, and its code; then -1. */
  #probes = new Int32Array(FIRST_SIZE);
  #length = 0;

  /** @param candidates those of a window, always the same */
  constructor(candidates: (window: number) => readonly Candidate[]) {
    this.#candidates = candidates;
  }

  /**
   * Keeps of the places of windows those with neighbours that an anchor may have there, and those of windows that were
   * not come across; returns how many. No branch in it has to be foretold.
   */
  keepFitting(view: DataView, places: Int32Array, count: number): number {
    return keepFitting(view, this.#entries, places, count);
  }

  /**
   * The candidates of the window at `at` of a text whose low bytes these are, when a character near it fits one of them.
   */
  candidatesAt(bytes: Uint8Array, window: number, at: number): readonly Candidate[] | undefined {
    const place = this.#entered(window);
    const probes = this.#probes;
    for (let index = this.#entries[place + PROBES] ?? 0; ; index += 1) {
      const probe = probes[index] ?? NONE;
      if (probe === NONE) return undefined;
      const code = probe & 255;
      const byte = bytes[at - FURTHEST_PROBE + (probe >>> 9)] ?? 0;
      if (code === 0 || code === ((probe & EXACT) === 0 ? FOLDED[byte] : byte)) return this.#lists[place / ENTRY];
    }
  }

  /** The place of a window's entry, which is made the first time. */
  #entered(window: number): number {
    let place = this.#placeOf(window);
    if (this.#entries[place] === window) return place;
    if (2 * ENTRY * this.#size >= this.#entries.length) {
      this.#grow();
      place = this.#placeOf(window);
    }
    const candidates = this.#candidates(window);
    this.#entries.set([window, this.#length, maskAt(candidates, -1), maskAt(candidates, WINDOW)], place);
    this.#lists[place / ENTRY] = candidates;
    this.#size += 1;
    this.#append([...candidates.map(probeOf), NONE]);
    return place;
  }

  /** The place of a window's entry, or a free one for it. */
  #placeOf(window: number): number {
    const entries = this.#entries;
    let place = firstPlaceOf(window, entries);
    for (;;) {
      const other = entries[place];
      if (other === window || other === NONE) return place;
      place = (place + ENTRY) & (entries.length - ENTRY);
    }
  }

  #append(probes: readonly number[]): void {
    if (this.#length + probes.length > this.#probes.length) {
      const longer = new Int32Array(2 * this.#probes.length + probes.length);
      longer.set(this.#probes);
      this.#probes = longer;
    }
    this.#probes.set(probes, this.#length);
    this.#length += probes.length;
  }

  #grow(): void {
    const [entries, lists] = [this.#entries, this.#lists];
    this.#entries = new Int32Array(2 * entries.length).fill(NONE);
    this.#lists = [];
    for (let at = 0; at < entries.length; at += ENTRY) {
      const entry = entries.subarray(at, at + ENTRY);
      const [window = NONE] = entry;
      if (window === NONE) continue;
      const place = this.#placeOf(window);
      this.#entries.set(entry, place);
      this.#lists[place / ENTRY] = lists[at / ENTRY] ?? [];
    }
  }
}

/** A function of its own, and compiled as such. */
function keepFitting(view: DataView, entries: Int32Array, places: Int32Array, count: number): number {
  let kept = 0;
  for (let index = 0; index < count; index += 1) {
    const at = places[index] ?? 0;
    const window = windowAt(view, at);
    const entry = firstPlaceOf(window, entries);
    const before = (entries[entry + BEFORE] ?? 0) >>> (view.getUint8(at - 1) & 31);
    const behind = (entries[entry + BEHIND] ?? 0) >>> (view.getUint8(at + WINDOW) & 31);
    places[kept] = at;
    kept += entries[entry] === window ? before & behind & 1 : 1;
  }
  return kept;
}

/** Where a window's entry stands, unless another one's does. */
function firstPlaceOf(window: number, entries: Int32Array): number {
  return (Math.imul(window, SPREAD) >>> 11) & (entries.length - ENTRY);
}

/** Which characters the candidates of a window may have so far behind its beginning. */
function maskAt(candidates: readonly Candidate[], distance: number): number {
  let mask = 0;
  for (const { finder, offset } of candidates) {
    const at = distance - offset;
    if (!(finder instanceof AnchorFinder) || at < 0 || at >= finder.length) return ANY;
    mask |= 1 << (finder.anchor.text.charCodeAt(at) & 31);
  }
  return mask;
}

function probeOf({ probe, probeCode, exact }: Candidate): number {
  const code = probeCode & 255;
  return ((probe + FURTHEST_PROBE) << 9) | (exact ? EXACT | code : (FOLDED[code] ?? 0));
}
