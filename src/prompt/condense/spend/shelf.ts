import type { Kind } from '../mine/parse-tree.ts';
import { copyOf } from './copy-of.ts';
import { addTo, createGap, type Gap, merge, NO_GAP } from './gap.ts';

/** Lines that belong together, mostly one: a stack trace is one record with the line that it is about. */
export interface RecordOfLines {
  /** The number of its first line, from 1. */
  readonly line: number;
  readonly kind: Kind;
  /** How many lines it has. */
  lines: number;
  text: string;
  /** How much it has to say. */
  worth: number;
  /** What was left out before it. */
  gap: Gap;
}

/** Keeps the records that say most, as many as there is room for, and counts the others. */
export interface Shelf {
  add(record: RecordOfLines): void;
  /** All that are kept, in their order, and what was left out after the last one. */
  all(): { readonly records: readonly RecordOfLines[]; readonly after: Gap };
}

/** @param room characters that may be kept; twice as many are held at times */
export function createShelf(room: number): Shelf {
  let records: RecordOfLines[] = [];
  let after = createGap();
  let held = 0;
  let floor = 0;

  function prune(): void {
    const byWorth = records.toSorted((one, other) => other.worth - one.worth || one.line - other.line);
    let sum = 0;
    const last = byWorth.findIndex(({ text }) => (sum += text.length + OVERHEAD) > room);
    if (last <= 0) return;
    floor = byWorth[last]?.worth ?? floor;
    const staying = new Set(byWorth.slice(0, last));
    let gap = createGap();
    const kept: RecordOfLines[] = [];
    held = 0;
    for (const record of records) {
      merge(gap, record.gap);
      if (staying.has(record)) {
        kept.push(Object.assign(record, { gap }));
        held += record.text.length + OVERHEAD;
        gap = createGap();
      } else addTo(gap, record.kind, record.lines);
    }
    merge(gap, after);
    after = gap;
    records = kept;
  }

  return {
    add(record) {
      if (record.worth < floor) {
        merge(after, record.gap);
        addTo(after, record.kind, record.lines);
        return;
      }
      merge(after, record.gap);
      const isGap = after.lines > 0;
      records.push(Object.assign(record, { gap: isGap ? after : NO_GAP, text: copyOf(record.text) }));
      if (isGap) after = createGap();
      held += record.text.length + OVERHEAD;
      if (held > room * 2) prune();
    },
    all: () => ({ records, after }),
  };
}

/** What a record takes besides its text, in characters. */
const OVERHEAD = 100;
