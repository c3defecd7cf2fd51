import type { AnchorIndex } from './anchor-index.ts';
import { AT, findPlaces, MARGIN, neighboursOf, type Tables, tablesIn } from './places.ts';
import { compilePlaces } from './compiled-places.ts';
import { fits, type Gate, WindowGates } from './window-gates.ts';

/** Shorter texts are copied by hand: to ask for it takes longer. */
const SHORT = 32;
/** After so many characters it is worth to compile what finds places in them. */
const MUCH = 2 ** 20;

/**
 * A stretch of a text, and the places in it near which an anchor may stand. It works on bytes, the low halves of
 * characters, since windows need no more of them.
 */
export class Block {
  readonly #gates: WindowGates;
  #tables: Tables;
  #find: (last: number) => number;
  /** Where the text begins, as seen from the bytes. */
  #start = 0;
  #seen = 0;
  /** How many stretches were read, and how many places the last one has that may be worth a look. */
  reads = 0;
  found = 0;

  constructor(index: AnchorIndex) {
    this.#gates = new WindowGates(index);
    const tables = tablesIn(new ArrayBuffer(AT.windows), index.windows);
    // Of the noughts that are there, this alone could be taken for a window.
    tables.neighbours[neighboursOf(0)] = -1;
    this.#tables = tables;
    this.#find = (last) => findPlaces(tables, last);
  }

  /** Takes what stands from `from` to `to` of a text, and returns how many places may be worth a look. */
  read(text: string, from: number, to: number): number {
    if (this.#seen < MUCH) this.#count(to - from);
    this.#start = MARGIN - from;
    copy(text, from, to, this.#tables.bytes);
    this.reads += 1;
    return (this.found = this.#find(this.#start + Math.min(to, text.length - 2)));
  }

  /** Where one of them is in the text. */
  positionOf(place: number): number {
    return (this.#tables.places[place] ?? 0) - this.#start;
  }

  /** What may be seen from one of them. */
  gateAt(place: number): Gate {
    return this.#gates.gateAt(this.#tables, this.#tables.places[place] ?? 0);
  }

  /** Whether something may indeed stand there. */
  fits(gate: Gate, place: number): boolean {
    return fits(gate, this.#tables, this.#tables.places[place] ?? 0);
  }

  /** Compiles what finds places once it was used much. */
  #count(length: number): void {
    this.#seen += length;
    const compiled = this.#seen < MUCH ? null : compilePlaces();
    if (compiled === null) return;
    compiled.tables.windows.set(this.#tables.windows);
    compiled.tables.neighbours.set(this.#tables.neighbours);
    this.#tables = compiled.tables;
    const { find } = compiled;
    // Called from here alone, so that the call itself is compiled away.
    this.#find = (last) => find(last);
  }
}

/**
 * Copies the characters from `from` to `to`, and what stands around them. Beyond the ends of the text stands whatever
 * was there: it may keep a place that leads nowhere, and loses none.
 */
function copy(text: string, from: number, to: number, bytes: Buffer): void {
  const start = Math.max(0, from - MARGIN);
  const end = Math.min(to + MARGIN, text.length);
  const place = MARGIN + start - from;
  if (end - start < SHORT) for (let at = start; at < end; at += 1) bytes[place + at] = text.charCodeAt(at);
  else bytes.write(end - start === text.length ? text : text.slice(start, end), place, 'latin1');
}
