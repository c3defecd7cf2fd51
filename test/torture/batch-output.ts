import { existsSync, readFileSync } from 'node:fs';

/** The whole lines of a file; none where there is no file. */
export function linesOf(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
}

/** The id of the item that a line of the output is about. */
export function idIn(line: string): string {
  const { id }: { readonly id: string } = JSON.parse(line);
  return id;
}

/** Each id that stands there once more. */
export function repeated(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.has(id) || !seen.add(id));
}
