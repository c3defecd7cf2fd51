/** A source of numbers that look drawn by chance and are the same for the same seed, so that a miss can be met again. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  /** One of the items; there must be one. */
  pick<Item>(items: readonly Item[]): Item;
  /** That many characters of an alphabet, by default letters and digits. */
  draw(length: number, alphabet?: string): string;
  /** The items in another order. */
  shuffle<Item>(items: readonly Item[]): Item[];
}

export const DIGITS = '0123456789';
export const LOWER = 'abcdefghijklmnopqrstuvwxyz';
export const UPPER = LOWER.toUpperCase();
export const ALNUM = `${UPPER}${LOWER}${DIGITS}`;
export const HEX = '0123456789abcdef';
export const BASE64 = `${ALNUM}+/`;
export const BASE64URL = `${ALNUM}-_`;

/** Makes the source that a seed stands for, whatever text the seed is. */
export function createRandom(seed: string): Random {
  let state = hash(seed);

  /** From 0 to less than 1: the upper bits of a xorshift generator, whose lower ones are weak. */
  function next(): number {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  }

  function int(min: number, max: number): number {
    return min + Math.floor(next() * (max - min + 1));
  }

  function pick<Item>(items: readonly Item[]): Item {
    const item = items[int(0, items.length - 1)];
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  }

  return {
    int,
    pick,
    draw: (length, alphabet = ALNUM) =>
      Array.from({ length }, () => alphabet.charAt(int(0, alphabet.length - 1))).join(''),
    shuffle: (items) => {
      const left = [...items];
      return items.flatMap(() => left.splice(int(0, left.length - 1), 1));
    },
  };
}

/** A state for a seed: never zero, and far away from that of a seed that differs in a letter. */
function hash(seed: string): number {
  let state = 0x9e3779b9;
  for (const character of `${seed}..`) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x85ebca6b);
    state ^= state >>> 15;
  }
  return state >>> 0 || 1;
}
