import { widthOf } from './clip.ts';

/**
 * Rows as lines in which the cells of a column stand below each other, two blanks apart.
 * @param widest columns of a terminal that a cell is given at most; what is longer goes on beyond them; default: no bound
 */
export function aligned(rows: readonly (readonly string[])[], widest = Number.POSITIVE_INFINITY): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    rows.reduce((most, row) => Math.min(widest, Math.max(most, widthOf(row[at] ?? ''))), 0),
  );
  return rows.map((row) =>
    row
      .map((cell, at) => padEnd(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A text with blanks behind it, so many columns of a terminal wide if it is not wider. */
export function padEnd(text: string, columns: number): string {
  return text + blanks(text, columns);
}

/** The same with the blanks before it. */
export function padStart(text: string, columns: number): string {
  return blanks(text, columns) + text;
}

function blanks(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - widthOf(text)));
}
