import { TokenStarts } from './token-starts.ts';

const PRIVATE_KEY = '-----BEGIN ';

/** Where something was tried in a text, by the token that it begins in, and how far that looked. */
export class Looks {
  #starts: number[] = [];
  #reaches: number[] = [];
  #text = '';
  #tokens = new TokenStarts('', []);
  /** Whether anything looked beyond the end of the text, and whether that was a private key. */
  isOpen = false;
  isKeyOpen = false;

  /** Begins with the same text, grown or not. */
  begin(text: string, boundaries: readonly number[]): void {
    this.#text = text;
    this.#tokens = new TokenStarts(text, boundaries);
    this.isOpen = false;
    this.isKeyOpen = false;
  }

  add(start: number, reach: number): void {
    const begin = this.#tokens.startOf(start);
    const last = this.#starts.length - 1;
    // Of all that begins in a token the furthest reach counts.
    if (this.#starts[last] === begin) this.#reaches[last] = Math.max(this.#reaches[last] ?? 0, reach);
    else {
      this.#starts.push(begin);
      this.#reaches.push(reach);
    }
    if (reach <= this.#text.length) return;
    this.isOpen = true;
    this.isKeyOpen ||= this.#text.startsWith(PRIVATE_KEY, start);
  }

  /** Where the first token begins from which something looked across `open`, or across where that began. */
  openFrom(open: number): number {
    let first = open;
    for (let at = this.#starts.length - 1; at >= 0; at -= 1) {
      const start = this.#starts[at] ?? 0;
      if (start < first && (this.#reaches[at] ?? 0) > first) first = start;
    }
    return first;
  }

  /** How many there are, and how far the last of them looked: what {@link keep} needs. */
  save(): { readonly count: number; readonly reach: number } {
    return { count: this.#starts.length, reach: this.#reaches.at(-1) ?? 0 };
  }

  /** Forgets what was added since. */
  keep({ count, reach }: { readonly count: number; readonly reach: number }): void {
    this.#starts.length = count;
    this.#reaches.length = count;
    if (count > 0) this.#reaches[count - 1] = reach;
  }
}
