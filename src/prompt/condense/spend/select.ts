import type { Kind } from '../mine/parse-tree.ts';
import { addTo, createGap, type Gap, merge } from './gap.ts';
import type { RecordOfLines } from './shelf.ts';
import type { Count } from './tally.ts';
import { finalKind } from '../mine/parse-tree.ts';

/** A log with what was left out of it, in order. */
export interface Selection {
  readonly records: readonly RecordOfLines[];
  readonly after: Gap;
}

/** About what a marker takes, in characters. */
const MARKER = 160;

/** Shares of the room that beginning and end have to themselves. */
export const HEAD = 0.1;
const TAIL = 0.2;

/** Chooses the records that fit into so many characters: beginning and end first, then what says most. */
export function select({ records, after }: Selection, counts: ReadonlyMap<Kind, Count>, room: number): Selection {
  const chosen = new Set<RecordOfLines>();
  let left = room;
  const take = (order: Iterable<RecordOfLines>, share: number): void => {
    let spent = 0;
    for (const record of order) {
      spent += record.text.length + 1;
      if (spent > share) return;
      if (!chosen.has(record)) left -= record.text.length + 1;
      chosen.add(record);
    }
  };
  take(records, room * HEAD);
  take(records.toReversed(), room * TAIL);
  const ranked = records
    .map((record, index) => ({ record, index, worth: record.worth * rarity(counts, record) }))
    .filter(({ record }) => !chosen.has(record))
    .toSorted((one, other) => other.worth - one.worth || one.index - other.index);
  const isChosen = (index: number): boolean => {
    const record = records[index];
    return record !== undefined && chosen.has(record);
  };
  for (const { record, index } of ranked) {
    const markers = (isChosen(index - 1) ? 0 : 0.5) + (isChosen(index + 1) ? 0 : 0.5);
    const price = record.text.length + 1 + markers * MARKER;
    if (price > left) continue;
    left -= price;
    chosen.add(record);
  }
  return only(chosen, records, after);
}

/** Kinds of which there are few say more than those of which there are many. */
function rarity(counts: ReadonlyMap<Kind, Count>, { kind }: RecordOfLines): number {
  return 1 + 4 / Math.sqrt(counts.get(finalKind(kind))?.lines ?? 1);
}

function only(chosen: ReadonlySet<RecordOfLines>, records: readonly RecordOfLines[], after: Gap): Selection {
  const kept: RecordOfLines[] = [];
  let gap = createGap();
  for (const record of records) {
    merge(gap, record.gap);
    if (chosen.has(record)) {
      kept.push({ ...record, gap });
      gap = createGap();
    } else addTo(gap, record.kind, record.lines);
  }
  merge(gap, after);
  return { records: kept, after: gap };
}
