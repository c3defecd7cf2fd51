import { aligned, padEnd } from './aligned.ts';
import { widthOf } from './clip.ts';
import { hang, wrapWords } from './wrap.ts';

/** Columns of a terminal that the last cell has at least, however narrow that is. */
const NARROWEST = 20;

/** Rows as {@link aligned} has them, in so many columns of a terminal: the last cell goes on below itself. */
export function wrappedRows(rows: readonly (readonly string[])[], columns: number): readonly string[] {
  const heads = aligned(rows.map((row) => row.slice(0, -1)));
  const start = 2 + Math.max(0, ...heads.map(widthOf));
  return rows.flatMap((row, at) =>
    hang(
      wrapWords(row.at(-1) ?? '', Math.max(NARROWEST, columns - start)),
      padEnd(heads[at] ?? '', start),
      ' '.repeat(start),
    ),
  );
}
