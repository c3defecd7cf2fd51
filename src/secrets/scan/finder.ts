import { foldCase } from './reader.ts';
import type { Anchor } from './span.ts';

/** One anchor, or many literals of one length, which are looked up rather than tried one by one. */
export interface Finder {
  readonly length: number;
  /** The anchor that stands at `start`, if one does. */
  at(text: string, start: number): Anchor | undefined;
  /** Whether the end of the text cuts short what may be one at `start`. */
  isCutAt(text: string, start: number): boolean;
  /** Where, nearest to `position`, a character or an end of the text keeps one from standing at `start`; -1 when more does. */
  missAt(text: string, start: number, position: number): number;
}

/** Finds one anchor. */
export class AnchorFinder implements Finder {
  readonly length: number;
  readonly anchor: Anchor;

  constructor(anchor: Anchor) {
    this.length = anchor.text.length;
    this.anchor = anchor;
  }

  at(text: string, start: number): Anchor | undefined {
    if (start < 0 || start + this.length > text.length) return undefined;
    return this.#stands(text, start, this.length) ? this.anchor : undefined;
  }

  isCutAt(text: string, start: number): boolean {
    return start + this.length > text.length && this.#stands(text, start, text.length - start);
  }

  missAt(text: string, start: number, position: number): number {
    const { text: expected, exact } = this.anchor;
    const misses = (offset: number): boolean =>
      !fits(text.charCodeAt(start + offset), expected.charCodeAt(offset), exact);
    let right = Math.max(0, position - start);
    let left = right - 1;
    while (left >= 0 || right < this.length) {
      if (right < this.length && misses(right)) return start + right;
      if (left >= 0 && misses(left)) return start + left;
      left -= 1;
      right += 1;
    }
    return -1;
  }

  /** Whether `length` characters of it do. */
  #stands(text: string, start: number, length: number): boolean {
    const { text: expected, exact } = this.anchor;
    for (let offset = 0; offset < length; offset += 1)
      if (!fits(text.charCodeAt(start + offset), expected.charCodeAt(offset), exact)) return false;
    return true;
  }
}

function fits(code: number, expected: number, exact: boolean): boolean {
  return (exact ? code : foldCase(code)) === expected;
}

/** Finds literals of one length. */
export class LiteralFinder implements Finder {
  readonly length: number;
  readonly #literals = new Map<string, Anchor>();

  constructor(first: Anchor) {
    this.length = first.text.length;
    this.add(first);
  }

  /** Adds a literal; of two that are the same the first one counts. */
  add(anchor: Anchor): void {
    if (!this.#literals.has(anchor.text)) this.#literals.set(anchor.text, anchor);
  }

  at(text: string, start: number): Anchor | undefined {
    return start < 0 ? undefined : this.#literals.get(text.slice(start, start + this.length));
  }

  isCutAt(text: string, start: number): boolean {
    if (start + this.length <= text.length) return false;
    const rest = text.slice(start);
    for (const literal of this.#literals.keys()) if (literal.startsWith(rest)) return true;
    return false;
  }

  missAt(): number {
    return -1;
  }
}
