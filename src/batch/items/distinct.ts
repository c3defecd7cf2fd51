import { SluiceError } from '../../errors.ts';
import { type BadRow, isItem, type Item } from '../item.ts';

/** As many ids as can be told apart in one table (V8's holds 2^24). */
const MOST_ITEMS = 16_000_000;

/**
 * Begins with no row. What it makes gives back a row as it is, but for an item with the id of one before it, which is none.
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
