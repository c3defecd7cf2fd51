/** The name that a mistyped word most likely means: a third of its letters may be wrong, if any is near enough. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const plain = simplify(word);
  const ranked = names
    .map((name) => ({ name, other: simplify(name), most: Math.floor(name.length / 3) }))
    // By as much as one is longer they differ at least; and a whole prompt may be what is looked for among commands.
    .filter(({ other, most }) => Math.abs(other.length - plain.length) <= most)
    .map(({ name, other, most }) => ({ name, most, far: distance(plain, other) }))
    .filter(({ far, most }) => far <= most)
    .sort((one, other) => one.far - other.far);
  return ranked[0]?.name;
}

/** `max-turns`, `max_turns` and `maxTurns` are the same word. */
function simplify(word: string): string {
  return word.replaceAll(/[-_]/g, '').toLowerCase();
}

/** Letters that are wrong, missing, too many, or swapped with the one beside them: optimal string alignment. */
function distance(from: string, to: string): number {
  let [before, row]: readonly [readonly number[], readonly number[]] = [
    [],
    Array.from({ length: to.length + 1 }, (_, index) => index),
  ];
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSwapped = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      next.push(
        Math.min(
          at(row, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1),
          at(row, j) + 1,
          at(next, j - 1) + 1,
          isSwapped ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, row] = [row, next];
  }
  return at(row, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
