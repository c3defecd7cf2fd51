import { SluiceError } from '../../errors.ts';
import { type BadRow, isItem, type Item } from '../item.ts';

/** The most ids that can be told apart: a Map of V8's holds 2^24. */
const MOST_ITEMS = 16_000_000;

/**
 * Makes what passes rows on as they are, but turns an item with the id of an earlier one into a bad row.
 * @throws SluiceError `usage` for more items than can be told apart
 */
export function createDistinct(most = MOST_ITEMS): (row: Item | BadRow) => Item | BadRow {
  const places = new Map<string, string>();
  return (row) => {
    if (!isItem(row)) return row;
    const { id, where, number, share } = row;
    const before = places.get(id);
    if (before !== undefined) return { where, number, share, problem: `the id "${id}" is that of ${before}, too` };
    if (places.size === most)
      throw new SluiceError('usage', `${where}: a batch has ${most} items at most; make several of it`);
    places.set(id, where);
    return row;
  };
}
