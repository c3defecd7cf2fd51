/** How many secrets were masked, in all and of each kind. */
export interface Tally {
  total: number;
  readonly byKind: Record<string, number>;
}

export function emptyTally(): Tally {
  return { total: 0, byKind: {} };
}

/** Counts one more of `kind`. */
export function countIn(tally: Tally, kind: string): void {
  tally.total += 1;
  tally.byKind[kind] = (tally.byKind[kind] ?? 0) + 1;
}
