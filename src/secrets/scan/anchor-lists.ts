const NONE: readonly never[] = [];

/** Lists by a number of up to 20 bits, with a bit for each number that has one: a hot loop looks at nothing else. */
export class AnchorLists<Entry> {
  readonly bits: Uint32Array;
  readonly #base: AnchorLists<Entry> | undefined;
  readonly #own = new Map<number, Entry[]>();

  /** Nothing yet, or what another one has: that one must not be added to any more. */
  constructor(from: number | AnchorLists<Entry>) {
    this.#base = typeof from === 'number' ? undefined : from;
    this.bits = typeof from === 'number' ? new Uint32Array(1 << (from - 5)) : from.bits.slice();
  }

  has(number: number): boolean {
    return (((this.bits[number >>> 5] ?? 0) >>> (number & 31)) & 1) === 1;
  }

  at(number: number): readonly Entry[] {
    return this.#own.get(number) ?? this.#base?.at(number) ?? NONE;
  }

  /** Adds an entry where `isBefore` first says so. */
  enter(number: number, entry: Entry, isBefore: (entry: Entry, other: Entry) => boolean): void {
    const entries = this.#own.get(number) ?? [...this.at(number)];
    const at = entries.findIndex((other) => isBefore(entry, other));
    if (at < 0) entries.push(entry);
    else entries.splice(at, 0, entry);
    this.#own.set(number, entries);
    this.bits[number >>> 5] = (this.bits[number >>> 5] ?? 0) | (1 << (number & 31));
  }
}
