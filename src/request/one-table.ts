/**
 * Several tables as one. Written as a literal, with the tables spread in it, this takes five times as long: V8 gives an
 * ordinary object a new shape for each of hundreds of keys, and one without a prototype none.
 */
export function oneTable<const Tables extends readonly object[]>(...tables: Tables): OneTable<Tables> {
  const table: OneTable<Tables> = Object.assign(Object.create(null), ...tables);
  return table;
}

/** What several tables have, together. */
type OneTable<Tables extends readonly object[]> = Tables extends readonly [infer First, ...infer Rest extends object[]]
  ? First & OneTable<Rest>
  : Tables extends readonly []
    ? unknown
    : never;
