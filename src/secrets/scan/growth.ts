import type { AnchorIndex } from './anchor-index.ts';
import { Crowd } from './crowd.ts';
import { Looks } from './looks.ts';
import type { Pass, Saved } from './pass.ts';

/** About how many characters lie between two places from which the next look may go on. */
const STRIDE = 256;

/** What was made of the beginning of a text, which no text behind it changes. */
interface Decided {
  readonly index: AnchorIndex;
  readonly pass: Pass;
  /** How long the text was. */
  readonly length: number;
  readonly from: number;
  readonly saved: Saved;
  readonly looks: ReturnType<Looks['save']>;
}

/** What is known of a text that grows: what was decided of it is not looked at again. */
export class Growth {
  /** Where marks crowd in it. */
  readonly crowd = new Crowd(true);
  readonly #looks = new Looks();
  #decided: Decided | undefined;
  #index: AnchorIndex | undefined;
  #length = 0;

  /** Begins to look at the text, as it is now. */
  look(text: string, boundaries: readonly number[]): Looks {
    this.#looks.begin(text, boundaries);
    return this.#looks;
  }

  /** Where the last look may go on, or undefined where it begins anew. */
  resume(index: AnchorIndex, text: string): Decided | undefined {
    const decided = this.#decided;
    this.#index = index;
    this.#length = text.length;
    const mayHold = decided?.index === index && decided.length <= text.length;
    if (mayHold && decided.pass.restore(decided.saved, text, decided.from)) {
      this.#looks.keep(decided.looks);
      return decided;
    }
    this.#decided = undefined;
    this.#looks.keep({ count: 0, reach: 0 });
    return undefined;
  }

  /** Says that a pass got to a place, from where the next look may go on. */
  mark(pass: Pass, from: number): void {
    if (this.#looks.isOpen || from < (this.#decided?.from ?? 0) + STRIDE) return;
    const index = this.#index;
    const length = this.#length;
    // The end of the text may cut an anchor short that begins behind.
    if (index === undefined || from >= length - 2 * index.longest) return;
    this.#decided = { index, pass, length, from, saved: pass.save(), looks: this.#looks.save() };
  }

  /** Says that what the text begins with, `done`, is done with. */
  advance(done: string): void {
    this.crowd.advance(done);
    if (done.length > 0) this.#decided = undefined;
  }

  /** Says that so much of the text is left out. */
  skip(length: number): void {
    this.crowd.skip(length);
    if (length > 0) this.#decided = undefined;
  }
}
