import type { Candidate } from './anchor-index.ts';

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

/** Numbers of an entry: the window, and where its probes begin. They are side by side, as both are looked at together. */
const ENTRY = 2;

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
   * The candidates of the window at `at` of a text whose low bytes these are, when a character near it fits one of them.
   */
  candidatesAt(bytes: Uint8Array, window: number, at: number): readonly Candidate[] | undefined {
    const place = this.#entered(window);
    const probes = this.#probes;
    for (let index = this.#entries[place + 1] ?? 0; ; index += 1) {
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
    this.#enter(place, window, this.#length, candidates);
    this.#size += 1;
    this.#append([...candidates.map(probeOf), NONE]);
    return place;
  }

  #enter(place: number, window: number, start: number, candidates: readonly Candidate[]): void {
    this.#entries[place] = window;
    this.#entries[place + 1] = start;
    this.#lists[place / ENTRY] = candidates;
  }

  /** The place of a window's entry, or a free one for it. */
  #placeOf(window: number): number {
    const entries = this.#entries;
    const last = entries.length - ENTRY;
    let place = (Math.imul(window, SPREAD) >>> 11) & last;
    for (;;) {
      const other = entries[place];
      if (other === window || other === NONE) return place;
      place = (place + ENTRY) & last;
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
      const [window = NONE, start = 0] = entries.subarray(at, at + ENTRY);
      if (window !== NONE) this.#enter(this.#placeOf(window), window, start, lists[at / ENTRY] ?? []);
    }
  }
}

function probeOf({ probe, probeCode, exact }: Candidate): number {
  const code = probeCode & 255;
  return ((probe + FURTHEST_PROBE) << 9) | (exact ? EXACT | code : (FOLDED[code] ?? 0));
}
