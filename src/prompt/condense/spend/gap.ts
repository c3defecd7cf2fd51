import { finalKind, type Kind } from '../mine/parse-tree.ts';

/** Lines that were left out, one after the other: how many, and mostly of what kinds. */
export interface Gap {
  lines: number;
  readonly kinds: Map<Kind, number>;
}

/** So many kinds of one gap are counted; the rarest are left to the sum. */
const MOST_KINDS = 12;

export function createGap(): Gap {
  return { lines: 0, kinds: new Map() };
}

/** That of a record before which nothing was left out, as before most; nothing is added to it. */
export const NO_GAP: Gap = createGap();

/** Adds lines of one kind. */
export function addTo(gap: Gap, kind: Kind, lines: number): void {
  gap.lines += lines;
  count(gap, kind, lines);
}

/** Adds all lines of another gap. */
export function merge(gap: Gap, other: Gap): void {
  gap.lines += other.lines;
  for (const [kind, lines] of other.kinds) count(gap, kind, lines);
}

function count({ kinds }: Gap, kind: Kind, lines: number): void {
  kinds.set(kind, (kinds.get(kind) ?? 0) + lines);
  if (kinds.size <= MOST_KINDS * 2) return;
  const most = [...kinds].toSorted(([, one], [, other]) => other - one).slice(0, MOST_KINDS);
  kinds.clear();
  for (const [each, sum] of most) kinds.set(each, sum);
}

/** The kinds of the most lines, first those. */
export function mostOf({ kinds }: Gap, most: number): [Kind, number][] {
  const sums = new Map<Kind, number>();
  for (const [kind, lines] of kinds) sums.set(finalKind(kind), (sums.get(finalKind(kind)) ?? 0) + lines);
  return [...sums].toSorted(([, one], [, other]) => other - one).slice(0, most);
}
