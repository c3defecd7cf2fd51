import { type BadRow, isItem, type Item } from '../item.ts';

/** Begins with no row. What it makes gives back a row as it is, but for an item with the id of one before it, which is none. */
export function createDistinct(): (row: Item | BadRow) => Item | BadRow {
  const places = new Map<string, string>();
  return (row) => {
    if (!isItem(row)) return row;
    const { id, where, number, share } = row;
    const before = places.get(id);
    if (before !== undefined) return { where, number, share, problem: `the id "${id}" is that of ${before}, too` };
    places.set(id, where);
    return row;
  };
}
