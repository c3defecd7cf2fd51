import type { InnerFindings } from './reader.ts';

/** What may be read of encoded texts inside one that was decoded: twice as much as it has itself, and this. */
const TIMES = 2;
const ENOUGH = 1024;
/** How many texts of one depth are remembered at once. */
const MAX_KNOWN = 64;

interface Known extends InnerFindings {
  /** How much was read for it. */
  readonly length: number;
}

/**
 * The texts that one text has in encoded form, and those in them. One that is met again, as when colours are removed from
 * percent-encoding that was found behind colours, is not looked through twice. What goes beyond the bounds is masked as a whole:
 * only text that is made to be slow has so much encoding within encoding.
 */
export class Unwrapped {
  /** By the depth that they stand at, and whether they begin a line. */
  readonly #known: Map<string, Known>[] = [];
  /** How much may still be read inside of what stands in the text itself. */
  #left = 0;

  /** @param depth how many forms `text` was taken out of before its last one */
  read(text: string, startsLine: boolean, depth: number, look: () => InnerFindings): InnerFindings {
    const left = depth === 0 ? (TIMES + 1) * text.length + ENOUGH : this.#left;
    this.#left = left - text.length;
    if (this.#left < 0) return { spans: [{ kind: 'secret', start: 0, end: text.length }], steps: 0 };
    const texts = (this.#known[2 * depth + Number(startsLine)] ??= new Map<string, Known>());
    const known = texts.get(text);
    if (known !== undefined && known.length <= left) {
      this.#left = left - known.length;
      return { spans: known.spans, steps: text.length };
    }
    const found = look();
    if (this.#left < 0) return found;
    if (texts.size === MAX_KNOWN) texts.clear();
    texts.set(text, { spans: found.spans, steps: found.steps, length: left - this.#left });
    return found;
  }
}
