const NONE: readonly never[] = [];

/** Lists by a number of a few bits, to look at. Most numbers have none. */
export interface FixedLists<Entry> {
  /** A bit for each number that has a list: a hot loop looks at nothing else. */
  readonly bits: Uint32Array;
  /** The numbers that have lists, ascending, without those that come of other lists. */
  readonly numbers: Iterable<number>;
  at(number: number): readonly Entry[];
}

/** Lists to add to. */
export class AnchorLists<Entry> implements FixedLists<Entry> {
  bits: Uint32Array;
  readonly #base: FixedLists<Entry> | undefined;
  readonly #own = new Map<number, Entry[]>();

  /** @param from how many bits numbers have; or another one's lists to begin with, which must not change any more */
  constructor(from: number | FixedLists<Entry>) {
    this.#base = typeof from === 'number' ? undefined : from;
    this.bits = typeof from === 'number' ? new Uint32Array(1 << (from - 5)) : from.bits;
  }

  at(number: number): readonly Entry[] {
    // Its own lists hold what the base has, too.
    return (this.#own.size === 0 ? undefined : this.#own.get(number)) ?? this.#base?.at(number) ?? NONE;
  }

  get numbers(): readonly number[] {
    return [...this.#own.keys()].sort((a, b) => a - b);
  }

  /** Adds an entry behind the last one that it does not precede, as `isBefore` has it. */
  enter(number: number, entry: Entry, isBefore: (entry: Entry, other: Entry) => boolean): void {
    this.mark(number);
    const entries = this.#own.get(number) ?? [...this.at(number)];
    let at = entries.length;
    for (let other = entries[at - 1]; other !== undefined && isBefore(entry, other); other = entries[at - 1]) at -= 1;
    if (at === entries.length) entries.push(entry);
    else entries.splice(at, 0, entry);
    this.#own.set(number, entries);
  }

  /** Sets the bit of a number. */
  mark(number: number): void {
    if (this.bits === this.#base?.bits) this.bits = this.bits.slice();
    this.bits[number >>> 5] = (this.bits[number >>> 5] ?? 0) | (1 << (number & 31));
  }
}
