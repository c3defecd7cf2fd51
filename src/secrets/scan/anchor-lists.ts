const NONE: readonly never[] = [];

/** Lists by a number of a few bits. Most numbers have none. */
export class AnchorLists<Entry> {
  /** A bit for each number that has a list: a hot loop looks at nothing else. */
  bits: Uint32Array;
  /** The place of each number's list among all, 0 for none. */
  #places: Uint16Array;
  #lists: Entry[][];
  /** The lists before this one are another index's too, and copied before they are changed. */
  readonly #firstOwn: number;
  readonly #copied = new Set<number>();
  #isShared: boolean;

  /** @param from how many bits numbers have; or another one's lists to begin with, which must not change any more */
  constructor(from: number | AnchorLists<Entry>) {
    this.#isShared = typeof from !== 'number';
    this.bits = typeof from === 'number' ? new Uint32Array(1 << (from - 5)) : from.bits;
    this.#places = typeof from === 'number' ? new Uint16Array(1 << from) : from.#places;
    this.#lists = typeof from === 'number' ? [[]] : from.#lists;
    this.#firstOwn = this.#lists.length;
  }

  at(number: number): readonly Entry[] {
    return this.#lists[this.#places[number] ?? 0] ?? NONE;
  }

  /** Adds an entry before the first one that `isBefore` says it precedes. */
  enter(number: number, entry: Entry, isBefore: (entry: Entry, other: Entry) => boolean): void {
    this.#stopSharing();
    const entries = this.#ownListOf(number);
    const at = entries.findIndex((other) => isBefore(entry, other));
    if (at < 0) entries.push(entry);
    else entries.splice(at, 0, entry);
    this.bits[number >>> 5] = (this.bits[number >>> 5] ?? 0) | (1 << (number & 31));
  }

  #ownListOf(number: number): Entry[] {
    const place = this.#places[number] || this.#lists.length;
    let list = this.#lists[place] ?? [];
    if (place < this.#firstOwn && !this.#copied.has(place)) {
      list = [...list];
      this.#copied.add(place);
    }
    this.#places[number] = place;
    this.#lists[place] = list;
    return list;
  }

  #stopSharing(): void {
    if (!this.#isShared) return;
    this.#isShared = false;
    this.bits = this.bits.slice();
    this.#places = this.#places.slice();
    this.#lists = [...this.#lists];
  }
}
