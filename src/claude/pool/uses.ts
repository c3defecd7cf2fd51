/** How often things were used, of late: what was used long ago counts less and less. */
export interface Uses<Thing> {
  add(key: string, thing: Thing): void;
  /** The most used, the first of them first; what was used only once, or hardly any more, is none of them. */
  most(count: number): readonly Thing[];
}

/** How many are known, and what each use leaves of those before it: after some 70 it is half. */
const MOST_KNOWN = 100;
const FADES_BY = 0.99;

/** Counts uses. Each key stands for the thing that was last used under it. */
export function countUses<Thing>(): Uses<Thing> {
  const known = new Map<string, { readonly thing: Thing; readonly weight: number }>();

  function ranked() {
    return [...known.entries()].toSorted(([, one], [, other]) => other.weight - one.weight);
  }

  return {
    add(key, thing) {
      const before = known.get(key)?.weight ?? 0;
      for (const [name, use] of known) known.set(name, { ...use, weight: use.weight * FADES_BY });
      known.set(key, { thing, weight: before * FADES_BY + 1 });
      const [least] = known.size > MOST_KNOWN ? (ranked().at(-1) ?? []) : [];
      if (least !== undefined) known.delete(least);
    },
    most: (count) =>
      ranked()
        .filter(([, { weight }]) => weight > 1)
        .slice(0, count)
        .map(([, { thing }]) => thing),
  };
}
