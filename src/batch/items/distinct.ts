import { type BadRow, isItem, type Item } from '../item.ts';

/** The same rows; an item with the id of one before it is none. */
export async function* distinct(rows: AsyncIterable<Item | BadRow>): AsyncGenerator<Item | BadRow, void, undefined> {
  const places = new Map<string, string>();
  for await (const row of rows) {
    if (!isItem(row)) {
      yield row;
      continue;
    }
    const { id, where, number, share } = row;
    const before = places.get(id);
    if (before !== undefined) {
      yield { where, number, share, problem: `the id "${id}" is that of ${before}, too` };
      continue;
    }
    places.set(id, where);
    yield row;
  }
}
