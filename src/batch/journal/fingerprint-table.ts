import type { Item } from '../item.ts';
import { createWordTable } from '../word-table.ts';

/** The fingerprints of many items, in little memory. */
export interface FingerprintTable {
  /** Whether there is one for an id, whichever. */
  hasId(id: string): boolean;
  /** Whether an item's is the one that was added last for its id. */
  has(item: Pick<Item, 'id' | 'fingerprint'>): boolean;
  /** Puts an item's in place of the one that was there; false where it is no fingerprint of ours, and can't be kept. */
  add(item: Pick<Item, 'id' | 'fingerprint'>): boolean;
}

/** A fingerprint: 128 bits, and as many hexadecimal digits as they take. */
const WORDS = 4;
const DIGITS = 32;

/** Holds none at first. */
export function createFingerprintTable(): FingerprintTable {
  const table = createWordTable(WORDS);
  const sought = new Uint32Array(WORDS);
  const bytes = Buffer.from(sought.buffer);

  /** Has `sought` be a fingerprint; false where it is written in another way. */
  function seek(fingerprint: string): boolean {
    return fingerprint.length === DIGITS && bytes.write(fingerprint, 'hex') === bytes.length;
  }

  return {
    hasId: (id) => table.find(id) !== null,
    has({ id, fingerprint }) {
      const at = table.find(id);
      return at !== null && seek(fingerprint) && sought.every((word, index) => table.words[at + index] === word);
    },
    add({ id, fingerprint }) {
      if (!seek(fingerprint)) return false;
      const at = table.add(id);
      table.words.set(sought, at);
      return true;
    },
  };
}
