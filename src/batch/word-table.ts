import { hash } from 'node:crypto';

/** Words of 32 bits for each of many texts. */
export interface WordTable {
  /** How many texts have words. */
  readonly size: number;
  /** The words of all: those of a text begin where `find` says. Another array after each `add`. */
  readonly words: Uint32Array;
  /** Where the words of a text begin; null where it has none. */
  find(text: string): number | null;
  /** The same; a text that has none gets some, which are zeros. */
  add(text: string): number;
}

/** Words of a text's digest: 128 bits are more than enough to tell millions apart, also texts that were chosen to collide. */
const OF_DIGEST = 4;

/** The digest of what is looked for, which is often looked for twice, in one table or in two. */
const sought = new Uint32Array(OF_DIGEST);
const bytes = Buffer.from(sought.buffer);
let soughtText: string | null = null;

/** Texts that there is room for at the beginning: a power of 2. */
const FIRST_ROOM = 1024;

function seek(text: string): void {
  if (text === soughtText) return;
  soughtText = text;
  bytes.write(hash('sha256', text), 'hex');
}

/**
 * Keeps words of texts by digests of these: 24 to 48 bytes a text besides its words, however long it is, and outside of the
 * heap, where millions of them would be moved about.
 * @param each how many words a text has
 */
export function createWordTable(each: number): WordTable {
  const stride = OF_DIGEST + each;
  let entries = new Uint32Array(stride * FIRST_ROOM);
  /**
   * Where entries are found: one more than the number of each, at the place that its digest says or in the first free one
   * behind, which is 0. Half of the places stay free.
   */
  let places = new Uint32Array(2 * FIRST_ROOM);
  let size = 0;

  /** The place of what is sought, or the one where it is to stand. */
  function place(): number {
    const last = places.length - 1;
    let at = (sought[0] ?? 0) & last;
    for (let found = places[at] ?? 0; found !== 0 && !isSought(found - 1); found = places[at] ?? 0)
      at = (at + 1) & last;
    return at;
  }

  function isSought(entry: number): boolean {
    const start = stride * entry;
    for (let word = 0; word < OF_DIGEST; word++) if (entries[start + word] !== sought[word]) return false;
    return true;
  }

  function grow(): void {
    const before = entries;
    soughtText = null;
    entries = new Uint32Array(2 * before.length);
    entries.set(before);
    places = new Uint32Array(2 * places.length);
    for (let entry = 0; entry < size; entry++) {
      sought.set(entries.subarray(stride * entry, stride * entry + OF_DIGEST));
      places[place()] = entry + 1;
    }
  }

  return {
    get size() {
      return size;
    },
    get words() {
      return entries;
    },
    find(text) {
      seek(text);
      const found = places[place()] ?? 0;
      return found === 0 ? null : stride * (found - 1) + OF_DIGEST;
    },
    add(text) {
      if (2 * size === places.length) grow();
      seek(text);
      const at = place();
      const found = places[at] ?? 0;
      if (found !== 0) return stride * (found - 1) + OF_DIGEST;
      entries.set(sought, stride * size);
      places[at] = ++size;
      return stride * (size - 1) + OF_DIGEST;
    },
  };
}
