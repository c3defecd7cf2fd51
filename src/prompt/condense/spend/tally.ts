import { momentOf } from '../mine/header.ts';
import { finalKind, type Kind } from '../mine/parse-tree.ts';
import { copyOf } from './copy-of.ts';

/** How often there was a kind of line, and when. */
export interface Count {
  lines: number;
  /** Numbers of lines, from 1. */
  first: number;
  last: number;
  /** When that was, in the words of those lines; null where they do not say. */
  firstAt: string | null;
  lastAt: string | null;
  /** Lines in equal parts of the log so far. */
  readonly parts: Uint32Array;
}

/** Counts lines by their kinds, and in which part of the log they were. */
export interface Tally {
  /** Counts a line; gives how many there were of its kind, this one included, and since when there was none. */
  add(kind: Kind, line: number, text: string): { readonly nth: number; readonly silence: number };
  /** Lets go of the texts of lines, which it holds until then. */
  settle(): void;
  /** The counts of the kinds that are left, in the order in which these came. */
  counts(): Map<Kind, Count>;
  /** How many of {@link Count.parts} were used. */
  parts(): number;
}

/** Into so many parts a log is divided, to see how a rate changes. */
const PARTS = 32;

/** A count with the latest line, until it is looked at when that was: of most lines nobody needs to know. */
interface Running extends Count {
  latest: string | null;
}

export function createTally(): Tally {
  const known: (Running | undefined)[] = [];
  let unsettled: Running[] = [];
  const kinds: Kind[] = [];
  let width = 1;
  let lastLine = 0;

  function settle(): void {
    for (const count of unsettled) {
      count.lastAt = copiedMoment(count.latest ?? '');
      count.latest = null;
    }
    unsettled = [];
  }

  return {
    add(kind, line, text) {
      lastLine = line;
      if (line > width * PARTS) {
        width *= 2;
        for (const count of known) if (count !== undefined) halve(count.parts);
      }
      let count = known[kind.id];
      if (count === undefined) {
        const firstAt = copiedMoment(text);
        const parts = new Uint32Array(PARTS);
        count = { lines: 0, first: line, last: line, firstAt, lastAt: firstAt, latest: null, parts };
        known[kind.id] = count;
        kinds.push(kind);
      }
      const silence = line - count.last;
      count.lines += 1;
      count.last = line;
      if (count.latest === null) unsettled.push(count);
      count.latest = text;
      const part = Math.floor((line - 1) / width);
      count.parts[part] = (count.parts[part] ?? 0) + 1;
      return { nth: count.lines, silence };
    },
    settle,
    counts() {
      settle();
      const sums = new Map<Kind, Count>();
      for (const kind of kinds.toSorted((one, other) => one.id - other.id)) {
        const count = known[kind.id];
        if (count === undefined) continue;
        const sum = sums.get(finalKind(kind));
        if (sum === undefined) {
          const { latest: _, ...all } = count;
          sums.set(finalKind(kind), { ...all, parts: count.parts.slice() });
        } else addCount(sum, count);
      }
      return sums;
    },
    parts: () => Math.ceil(lastLine / width),
  };
}

function copiedMoment(text: string): string | null {
  const moment = momentOf(text);
  return moment === null ? null : copyOf(moment);
}

function addCount(sum: Count, count: Count): void {
  sum.lines += count.lines;
  if (count.first < sum.first) [sum.first, sum.firstAt] = [count.first, count.firstAt];
  if (count.last > sum.last) [sum.last, sum.lastAt] = [count.last, count.lastAt];
  for (const [part, lines] of count.parts.entries()) sum.parts[part] = (sum.parts[part] ?? 0) + lines;
}

/** Makes two parts one, so that as many are free again. */
function halve(parts: Uint32Array): void {
  for (let part = 0; part < PARTS; part += 1)
    parts[part] = part < PARTS / 2 ? (parts[part * 2] ?? 0) + (parts[part * 2 + 1] ?? 0) : 0;
}
