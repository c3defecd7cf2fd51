/** What became of all tries of a cell. */
export interface Tally {
  readonly ok: number;
  readonly total: number;
  /** The longest time until nothing was left, in milliseconds; null where no try was clean. */
  readonly slowest: number | null;
}

/** A table in Markdown: a row a kind of child, a column an ending. */
export function formatTable(
  endings: readonly string[],
  kinds: readonly string[],
  tallyOf: (ending: string, kind: string) => Tally,
): string {
  const rows = [
    ['', ...endings],
    ...kinds.map((kind) => [kind, ...endings.map((ending) => formatTally(tallyOf(ending, kind)))]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

function formatTally({ ok, total, slowest }: Tally): string {
  if (total === 0) return '';
  return `${ok}/${total}${slowest === null ? '' : ` ${(slowest / 1000).toFixed(1)} s`}`;
}
