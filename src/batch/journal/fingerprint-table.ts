import type { Item } from '../item.ts';
import { createWordTable } from '../word-table.ts';

/** The fingerprints of many items, in little memory. */
export interface FingerprintTable {
  /** Whether there is one of an item's id, whichever. */
  hasId(id: string): boolean;
  /** Whether that of an item is the one that was added last for its id. */
  has(item: Pick<Item, 'id' | 'fingerprint'>): boolean;
  /** Puts it in place of the one that was there; false for one that is not of its form, and can't be kept. */
  add(item: Pick<Item, 'id' | 'fingerprint'>): boolean;
}

/** 32 hexadecimal digits. */
const BYTES = 16;
const WORDS = 4;

/** Holds none at first. */
export function createFingerprintTable(): FingerprintTable {
  const table = createWordTable(WORDS);
  const sought = new Uint32Array(WORDS);
  const bytes = Buffer.from(sought.buffer);

  /** Takes what is written in no other way. */
  function seek(fingerprint: string): boolean {
    return /^[0-9a-f]{32}$/.test(fingerprint) && bytes.write(fingerprint, 'hex') === BYTES;
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
