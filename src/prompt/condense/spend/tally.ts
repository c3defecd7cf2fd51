import { finalKind, type Kind } from '../mine/parse-tree.ts';

/** How often there was a kind of line, and when. */
export interface Count {
  lines: number;
  /** Numbers of lines, from 1. */
  first: number;
  last: number;
  /** Lines in equal parts of the log so far. */
  readonly parts: Uint32Array;
}

/** Counts lines by their kinds, and in which part of the log they were. */
export interface Tally {
  /** Counts a line; gives how many there were of its kind, this one included, and since when there was none. */
  add(kind: Kind, line: number): { readonly nth: number; readonly silence: number };
  /** The counts of the kinds that are left, in the order in which these came. */
  counts(): Map<Kind, Count>;
  /** How many of {@link Count.parts} were used. */
  parts(): number;
}

/** Into so many parts a log is divided, to see how a rate changes. */
const PARTS = 32;

export function createTally(): Tally {
  const known: (Count | undefined)[] = [];
  const kinds: Kind[] = [];
  let width = 1;
  let lastLine = 0;

  return {
    add(kind, line) {
      lastLine = line;
      if (line > width * PARTS) {
        width *= 2;
        for (const count of known) if (count !== undefined) halve(count.parts);
      }
      let count = known[kind.id];
      if (count === undefined) {
        count = { lines: 0, first: line, last: line, parts: new Uint32Array(PARTS) };
        known[kind.id] = count;
        kinds.push(kind);
      }
      const silence = line - count.last;
      count.lines += 1;
      count.last = line;
      const part = Math.floor((line - 1) / width);
      count.parts[part] = (count.parts[part] ?? 0) + 1;
      return { nth: count.lines, silence };
    },
    counts() {
      const sums = new Map<Kind, Count>();
      for (const kind of kinds.toSorted((one, other) => one.id - other.id)) {
        const count = known[kind.id];
        if (count === undefined) continue;
        const sum = sums.get(finalKind(kind));
        if (sum === undefined) sums.set(finalKind(kind), { ...count, parts: count.parts.slice() });
        else addCount(sum, count);
      }
      return sums;
    },
    parts: () => Math.ceil(lastLine / width),
  };
}

function addCount(sum: Count, count: Count): void {
  sum.lines += count.lines;
  sum.first = Math.min(sum.first, count.first);
  sum.last = Math.max(sum.last, count.last);
  for (const [part, lines] of count.parts.entries()) sum.parts[part] = (sum.parts[part] ?? 0) + lines;
}

/** Makes two parts one, so that as many are free again. */
function halve(parts: Uint32Array): void {
  for (let part = 0; part < PARTS; part += 1)
    parts[part] = part < PARTS / 2 ? (parts[part * 2] ?? 0) + (parts[part * 2 + 1] ?? 0) : 0;
}
