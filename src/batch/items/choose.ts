import { createHash } from 'node:crypto';
import type { Shard } from '../../request/kinds/shards.ts';
import { type BadRow, isItem, type Item } from '../item.ts';

/** Which items are taken, and in which order. */
export interface Choice {
  /** Takes the items of one part, to which they belong by their ids alone; null: all. */
  readonly shard: Shard | null;
  /** Takes so many, by chance. */
  readonly sample: number | undefined;
  /** Puts them in an order that the same word gives each time; null: as they come. */
  readonly shuffle: string | null;
}

/**
 * The items that are taken. A sample holds as many as are taken, and an order by chance all of them; the rest goes through
 * as it comes. For the same word, the same items are taken in the same order.
 */
export function choose(all: AsyncIterable<Item | BadRow>, choice: Choice): AsyncIterable<Item | BadRow> {
  const rows = choice.shard === null ? all : ofShard(all, choice.shard);
  return choice.sample === undefined && choice.shuffle === null ? rows : chosen(rows, choice);
}

async function* chosen(
  rows: AsyncIterable<Item | BadRow>,
  { sample, shuffle }: Choice,
): AsyncGenerator<Item | BadRow, void, undefined> {
  const lot = (item: Item): string =>
    createHash('sha256')
      .update(`${shuffle ?? ''}\0${item.id}`)
      .digest('hex');
  let drawn: { readonly item: Item; readonly lot: string }[] = [];
  const trim = (): void => {
    drawn = drawn.toSorted((one, other) => (one.lot < other.lot ? -1 : 1)).slice(0, sample);
  };
  for await (const row of rows) {
    if (!isItem(row)) yield row;
    else drawn.push({ item: row, lot: lot(row) });
    if (sample !== undefined && drawn.length > 2 * sample + 1000) trim();
  }
  trim();
  const order = shuffle === null ? drawn.toSorted((one, other) => one.item.number - other.item.number) : drawn;
  for (const { item } of order) yield item;
}

/** Items of one shard. Rows that are no items are told of in every shard. */
async function* ofShard(
  rows: AsyncIterable<Item | BadRow>,
  { index, count }: Shard,
): AsyncGenerator<Item | BadRow, void, undefined> {
  for await (const row of rows) if (!isItem(row) || shardOfId(row.id, count) === index) yield row;
}

function shardOfId(id: string, count: number): number {
  return 1 + (createHash('sha256').update(id).digest().readUInt32BE() % count);
}
