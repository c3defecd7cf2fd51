import type { Row } from '../item.ts';
import { shareOf } from './source.ts';

/** A row for each file: it is attached, and the item has its name. */
export async function* fileRows(paths: readonly string[]): AsyncGenerator<Row, void, undefined> {
  for (const [index, path] of paths.entries()) {
    const number = index + 1;
    yield { where: path, number, share: shareOf(number, paths.length), values: { id: path, files: [path] } };
  }
}
