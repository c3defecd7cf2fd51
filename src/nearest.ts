/** The name that a mistyped word most likely means: a third of its letters may be wrong, if any is near enough. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const plain = simplify(word);
  const ranked = names
    .map((name) => ({ name, far: distance(plain, simplify(name)) }))
    .filter(({ name, far }) => far <= Math.floor(name.length / 3))
    .sort((one, other) => one.far - other.far);
  return ranked[0]?.name;
}

/** `max-turns`, `max_turns` and `maxTurns` are the same word. */
function simplify(word: string): string {
  return word.replaceAll(/[-_]/g, '').toLowerCase();
}

/** Levenshtein's. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      next.push(Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
