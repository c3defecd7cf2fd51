import type { Target } from '../figure.ts';
import type { Figure, Section } from './figure.ts';

/** A section as a table, with a column for each peer that was measured. */
export function formatSection({ title, figures }: Section, peers: readonly string[]): string {
  const measured = peers.filter((name) => figures.some((figure) => figure.peers?.[name] !== undefined));
  const hasCpu = figures.some(({ byCpu }) => byCpu !== undefined);
  const rows = figures.map(({ what, value, unit, byCpu, target, peers }) => [
    what,
    withUnit(value, unit),
    ...(hasCpu ? [withUnit(byCpu, unit)] : []),
    ...measured.map((name) => withUnit(peers?.[name], unit)),
    target === undefined ? '' : `${SIGNS[target.bound]} ${withUnit(target.value, unit)}`,
    target === undefined ? '' : isMet(value, target) ? 'met' : 'MISSED',
  ]);
  const head = ['', 'sluice', ...(hasCpu ? ['by CPU time'] : []), ...measured, 'target', ''];
  return `## ${title}\n\n${formatTable(head, rows)}`;
}

/** Rows as a table whose columns are aligned. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, head.map(() => ''), ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row, index) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0, index === 1 ? '-' : ' ')))
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

/** A number with three digits that count, as far as there are any. */
export function formatNumber(value: number): string {
  return Number.isInteger(value)
    ? String(value)
    : value >= 100
      ? value.toFixed(0)
      : value >= 10
        ? value.toFixed(1)
        : value.toFixed(2);
}

const SIGNS = { 'at most': '≤', 'at least': '≥', below: '<' } as const satisfies Record<Target['bound'], string>;

function isMet(value: number, { bound, value: limit }: Target): boolean {
  switch (bound) {
    case 'at most':
      return value <= limit;
    case 'at least':
      return value >= limit;
    case 'below':
      return value < limit;
    default:
      return bound satisfies never;
  }
}

function withUnit(value: number | undefined, unit: Figure['unit']): string {
  return value === undefined ? '' : `${formatNumber(value)} ${unit}`.trim();
}
