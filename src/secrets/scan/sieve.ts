import type { AnchorIndex } from './anchor-index.ts';
import type { Crowd } from './crowd.ts';
import { BLOCK_LENGTH } from './places.ts';
import type { Gate } from './window-gates.ts';

/** How many characters are gone through at a time where a crowd goes on: most need not be looked at. */
const STEP = 512;
/** How far behind a place that is looked at all is known of crowds: as far as a parser may look. */
const AHEAD = 16 * 1024;
const NO_STRETCH = { start: 0, end: 0 };

/** So many places are held before those that are done with are forgotten, but for the last ones. */
const MANY = 8 * 1024;
const LAST = 1024;
/** Fewer places hold no crowd, even where several marks are seen from each. */
const FEW = 24;

/**
 * Finds every second position of a text from where an anchor may be seen.
 */
export class Sieve {
  /** The positions, and through what each of them is seen. */
  #positions = new Int32Array(FEW);
  #gates: Gate[] = [];
  #count = 0;
  #cursor = 0;
  /** How many of them the crowd was told of. */
  #told = 0;
  /** How far the text was gone through. */
  #to = 0;

  /** Forgets the text, and begins with the next at a place, one that it would stop at or an even one. */
  reset(from = 0): void {
    this.#count = 0;
    this.#cursor = 0;
    this.#told = 0;
    this.#to = from & ~1;
  }

  /** Through what the position is seen that was found last. */
  get gate(): Gate | undefined {
    return this.#gates[this.#cursor];
  }

  /** The next position from `from` and before `end`, all of one text, or -1. Tells the crowd of what stands there. */
  next(index: AnchorIndex, text: string, from: number, end: number, crowd: Crowd | undefined): number {
    for (;;) {
      while (this.#to < Math.min(end, from + AHEAD)) this.#goOn(index, text, crowd);
      const positions = this.#positions;
      let cursor = this.#cursor;
      while (cursor > 0 && (positions[cursor - 1] ?? 0) >= from) cursor -= 1;
      while (cursor < this.#count && (positions[cursor] ?? 0) < from) cursor += 1;
      this.#cursor = cursor;
      if (cursor < this.#count) {
        const position = positions[cursor] ?? 0;
        return position < end ? position : -1;
      }
      if (this.#to >= end) return -1;
      this.#goOn(index, text, crowd);
    }
  }

  /** Goes through the next block, and through all that a crowd goes on in. */
  #goOn(index: AnchorIndex, text: string, crowd: Crowd | undefined): void {
    if (this.#cursor > MANY) this.#forget(this.#cursor - LAST);
    let size = BLOCK_LENGTH;
    do {
      this.#fill(index, text, size);
      if (crowd === undefined || !(crowd.isGrowing || this.#count >= FEW)) return;
      this.#tell(crowd, text, index.furthest);
      this.#to = crowd.skips(text, this.#to, index.furthest);
      size = STEP;
    } while (this.#to < text.length && crowd.goesOnAt(this.#to));
  }

  /** Goes through the next block. */
  #fill({ block }: AnchorIndex, text: string, size: number): void {
    const to = Math.min(this.#to + size, text.length);
    const found = block.read(text, this.#to, to);
    this.#makeRoom(this.#count + found);
    for (let place = 0; place < found; place += 1) {
      const gate = block.gateAt(place);
      if (block.fits(gate, place)) this.#keep(block.positionOf(place), gate);
    }
    this.#to = to;
  }

  #keep(position: number, gate: Gate): void {
    this.#positions[this.#count] = position;
    this.#gates[this.#count] = gate;
    this.#count += 1;
  }

  #makeRoom(count: number): void {
    if (count <= this.#positions.length) return;
    const positions = new Int32Array(2 * count);
    positions.set(this.#positions);
    this.#positions = positions;
  }

  /** Tells the crowd of what stands near the places that it does not know yet, and leaves out what it masks, or where nothing stands. */
  #tell(crowd: Crowd, text: string, furthest: number): void {
    const [first, last] = [this.#told, this.#count];
    const from = this.#positions[first] ?? 0;
    const monotony = last - first < FEW ? NO_STRETCH : crowd.monotonyOf(text, from, this.#to);
    this.#count = first;
    for (let index = first; index < last; index += 1) {
      const position = this.#positions[index] ?? 0;
      const gate = this.#gates[index];
      if (gate === undefined) break;
      const isLikeBefore = position >= monotony.start && position < monotony.end;
      if (isLikeBefore || crowd.sees(text, position, gate.candidates)) this.#keep(position, gate);
    }
    crowd.count(text, this.#to);
    this.#told = this.#count;
    if (crowd.goesOnAt(this.#positions[first] ?? 0)) this.#leaveOut(crowd, text, first, furthest);
  }

  #leaveOut(crowd: Crowd, text: string, first: number, furthest: number): void {
    const last = this.#count;
    this.#count = first;
    for (let index = first; index < last; index += 1) {
      const position = this.#positions[index] ?? 0;
      const gate = this.#gates[index];
      if (gate !== undefined && !crowd.covers(text, position - furthest, position + 1)) this.#keep(position, gate);
    }
    this.#told = this.#count;
  }

  #forget(count: number): void {
    this.#positions.copyWithin(0, count, this.#count);
    this.#gates.splice(0, count);
    this.#count -= count;
    this.#cursor -= count;
    this.#told = Math.max(0, this.#told - count);
  }
}
