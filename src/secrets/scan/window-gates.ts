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

/**
 * For windows that were come across, which character near one each of its anchors has: looked at before anything
 * else is, as most windows of ordinary text are part of other words.
 */
export class WindowGates {
  readonly #candidates: (window: number) => readonly Candidate[];
  /** Windows by where they hash to, and where the probes of each begin. */
  #windows = new Int32Array(FIRST_SIZE).fill(NONE);
  #starts = new Int32Array(FIRST_SIZE);
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
    const slot = this.#entered(window);
    const probes = this.#probes;
    for (let index = this.#starts[slot] ?? 0; ; index += 1) {
      const probe = probes[index] ?? NONE;
      if (probe === NONE) return undefined;
      const code = probe & 255;
      const byte = bytes[at - FURTHEST_PROBE + (probe >>> 9)] ?? 0;
      if (code === 0 || code === ((probe & EXACT) === 0 ? FOLDED[byte] : byte)) return this.#lists[slot];
    }
  }

  /** The place of a window, which is looked up the first time. */
  #entered(window: number): number {
    let slot = this.#slotOf(window);
    if (this.#windows[slot] === window) return slot;
    if (2 * this.#size >= this.#windows.length) {
      this.#grow();
      slot = this.#slotOf(window);
    }
    const candidates = this.#candidates(window);
    this.#windows[slot] = window;
    this.#starts[slot] = this.#length;
    this.#lists[slot] = candidates;
    this.#size += 1;
    this.#append([...candidates.map(probeOf), NONE]);
    return slot;
  }

  /** The place of a window, or a free one for it. */
  #slotOf(window: number): number {
    const windows = this.#windows;
    const last = windows.length - 1;
    let slot = (Math.imul(window, SPREAD) >>> 12) & last;
    for (;;) {
      const other = windows[slot];
      if (other === window || other === NONE) return slot;
      slot = (slot + 1) & last;
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
    const [windows, starts, lists] = [this.#windows, this.#starts, this.#lists];
    this.#windows = new Int32Array(2 * windows.length).fill(NONE);
    this.#starts = new Int32Array(2 * windows.length);
    this.#lists = [];
    for (const [at, window] of windows.entries()) {
      if (window === NONE) continue;
      const slot = this.#slotOf(window);
      this.#windows[slot] = window;
      this.#starts[slot] = starts[at] ?? 0;
      this.#lists[slot] = lists[at] ?? [];
    }
  }
}

function probeOf({ probe, probeCode, exact }: Candidate): number {
  const code = probeCode & 255;
  return ((probe + FURTHEST_PROBE) << 9) | (exact ? EXACT | code : (FOLDED[code] ?? 0));
}
