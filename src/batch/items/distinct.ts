import { SluiceError } from '../../errors.ts';
import { type BadRow, isItem, type Item } from '../item.ts';
import { createWordTable } from '../word-table.ts';

/** The most ids that are told apart: they take half a gigabyte. */
const MOST_ITEMS = 16_000_000;

/**
 * Makes what passes rows on as they are, but turns an item with the id of an earlier one into a bad row.
 * @throws SluiceError `usage` for more items than can be told apart
 */
export function createDistinct(most = MOST_ITEMS): (row: Item | BadRow) => Item | BadRow {
  /** The line of each id. */
  const rows = createWordTable(1);
  return (row) => {
    if (!isItem(row)) return row;
    const { id, where, number, share } = row;
    const at = rows.add(id);
    const before = rows.words[at] ?? 0;
    if (before !== 0) return { where, number, share, problem: `the id "${id}" is that of line ${before}, too` };
    if (rows.size > most)
      throw new SluiceError('usage', `${where}: a batch has ${most} items at most; make several of it`);
    rows.words[at] = number;
    return row;
  };
}
