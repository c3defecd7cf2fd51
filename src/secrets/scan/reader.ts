import { isIn } from './alphabets.ts';

/** A run worth remembering. */
const LONG_RUN = 32;

/**
 * What a parser sees of the text. It counts how far parsers looked (`reach`), so that a stream knows which of their
 * answers could change when more text arrives, and it hides what lies left of `floor`, so that an answer never
 * depends on text that was already released or masked.
 */
export class Reader {
  readonly text: string;
  floor = 0;
  /** One past the furthest index any parser asked for; beyond the text's length when one ran out of text. */
  reach = 0;
  #runMask = 0;
  #runStart = 0;
  #runEnd = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The UTF-16 unit at `index`, or -1 beyond the end. */
  at(index: number): number {
    if (index >= this.reach) this.reach = index + 1;
    return index < this.text.length ? this.text.charCodeAt(index) : -1;
  }

  /** The unit left of `index`, or -1 where nothing may be seen. */
  before(index: number): number {
    return index > this.floor ? this.text.charCodeAt(index - 1) : -1;
  }

  /**
   * Where the run of `mask` characters from `from` ends, at most at `limit`. The last long run is remembered, so that
   * a thousand parsers started inside it together read it once.
   */
  skip(mask: number, from: number, limit: number): number {
    const { text } = this;
    const continues = mask === this.#runMask && from >= this.#runStart && from <= this.#runEnd;
    const end = Math.min(limit, text.length);
    let index = continues ? Math.max(from, Math.min(this.#runEnd, limit)) : from;
    while (index < end && isIn(mask, text.charCodeAt(index))) index += 1;
    if (continues) this.#runEnd = Math.max(this.#runEnd, index);
    else if (index - from >= LONG_RUN) {
      this.#runMask = mask;
      this.#runStart = from;
      this.#runEnd = index;
    }
    // What ended the run was looked at, or would have been had there been more text.
    this.reach = Math.max(this.reach, index < limit ? index + 1 : index);
    return index;
  }

  /** Whether `expected` stands at `from`, letter case aside; `expected` is lower case. */
  sees(expected: string, from: number): boolean {
    for (let offset = 0; offset < expected.length; offset += 1) {
      if (foldCase(this.at(from + offset)) !== expected.charCodeAt(offset)) return false;
    }
    return true;
  }
}

/** The lower case of an ASCII capital; anything else as it is. */
export function foldCase(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}
