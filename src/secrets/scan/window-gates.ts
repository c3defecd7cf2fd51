import type { AnchorIndex, Candidate } from './anchor-index.ts';
import type { Known } from './familiar.ts';
import { AnchorFinder } from './finder.ts';
import { BEFORE, BEHIND, CLEAR, MARGIN, neighboursOf, NUMBER, type Tables, WINDOW, windowAt } from './places.ts';

/** Lower case of Latin letters, by their bytes. */
const FOLDED = Uint8Array.from({ length: 256 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));
/** The bit of a probe whose letter case counts. */
const EXACT = 256;
const ANY = -1;

/** What may be seen through a window, and by what it is told from other words. */
export interface Gate {
  readonly number: number;
  readonly candidates: readonly Candidate[];
  /** What is remembered of places that are seen through it. */
  readonly known: Known;
  /** Which characters may stand just before the window and just behind it, a bit for each by its low five bits. */
  readonly before: number;
  readonly behind: number;
  /**
   * The bits that are clear in its characters, the first one's lowest: in digits and signs one that letters have, in
   * capitals one that small letters have.
   */
  readonly clear: number;
  /** For each candidate where its probe stands, counted from the margin before the window, whether letter case counts, and its code. */
  readonly probes: readonly number[];
}

/**
 * For windows that were come across, which character near one each of its anchors has: looked at before anything
 * else is, as most windows of ordinary text are part of other words.
 */
export class WindowGates {
  readonly #index: AnchorIndex;
  /** By their numbers, and by their windows. */
  readonly #gates: Gate[] = [];
  readonly #gateAt = new Map<number, Gate>();

  constructor(index: AnchorIndex) {
    this.#index = index;
  }

  /** The gate of the window at a place, whose neighbours are known from now on. */
  gateAt({ view, neighbours }: Tables, at: number): Gate {
    const window = windowAt(view, at);
    const place = neighboursOf(window);
    const known = neighbours[place] === window ? this.#gates[neighbours[place + NUMBER] ?? 0] : undefined;
    if (known !== undefined) return known;
    const gate = this.#gateAt.get(window) ?? this.#enter(window);
    neighbours[place] = window;
    neighbours[place + BEFORE] = gate.before;
    neighbours[place + BEHIND] = gate.behind;
    neighbours[place + NUMBER] = gate.number;
    neighbours[place + CLEAR] = gate.clear;
    return gate;
  }

  #enter(window: number): Gate {
    const candidates = this.#index.candidates(window);
    const known = this.#index.familiar.enter();
    const [before, behind] = [maskAt(candidates, -1), maskAt(candidates, WINDOW)];
    const gate = {
      number: this.#gates.length,
      candidates,
      known,
      before,
      behind,
      clear: clearBitsOf(candidates),
      probes: candidates.map(probeOf),
    };
    this.#gates.push(gate);
    this.#gateAt.set(window, gate);
    return gate;
  }
}

/** Whether a character near a place fits one of the candidates that are seen there. */
export function fits({ probes }: Gate, { bytes }: Tables, at: number): boolean {
  for (let index = 0; index < probes.length; index += 1) {
    const probe = probes[index] ?? 0;
    const code = probe & 255;
    const byte = bytes[at - MARGIN + (probe >>> 9)] ?? 0;
    if (code === 0 || code === ((probe & EXACT) === 0 ? FOLDED[byte] : byte)) return true;
  }
  return false;
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

/** The bits that are clear in each character that all candidates of a window have in it. */
function clearBitsOf(candidates: readonly Candidate[]): number {
  return candidates.reduce((bits, candidate) => bits & ownClearBitsOf(candidate), 0x6060_6060);
}

function ownClearBitsOf({ finder, offset, exact }: Candidate): number {
  if (!(finder instanceof AnchorFinder)) return 0;
  let bits = 0;
  for (let at = 0; at < WINDOW; at += 1) {
    const code = finder.anchor.text.charCodeAt(at - offset);
    if (code >= 32 && code < 64) bits |= 0x40 << (8 * at);
    else if (exact && code >= 65 && code <= 90) bits |= 0x20 << (8 * at);
  }
  return bits;
}

function probeOf({ probe, probeCode, exact }: Candidate): number {
  const code = probeCode & 255;
  return ((probe + MARGIN) << 9) | (exact ? EXACT | code : (FOLDED[code] ?? 0));
}
