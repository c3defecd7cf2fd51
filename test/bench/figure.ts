/** One line of the table. */
export interface Figure {
  readonly part: string;
  readonly what: string;
  readonly value: number;
  readonly unit: '' | 'ms' | 'x' | 'MB' | 'MiB' | 'MB/s';
  /** The bound that the value is to keep, where there is one. */
  readonly target?: Target;
}

export interface Target {
  readonly bound: 'at most' | 'at least' | 'below';
  readonly value: number;
}

export function atMost(value: number): Target {
  return { bound: 'at most', value };
}

export function atLeast(value: number): Target {
  return { bound: 'at least', value };
}

export function below(value: number): Target {
  return { bound: 'below', value };
}

/** Whether the target is met; true where there is none. */
function isMet({ value, target }: Figure): boolean {
  if (target === undefined) return true;
  switch (target.bound) {
    case 'at most':
      return value <= target.value;
    case 'at least':
      return value >= target.value;
    case 'below':
      return value < target.value;
    default:
      return target.bound satisfies never;
  }
}

/** The figures as an aligned table. */
export function formatFigures(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.part,
    figure.what,
    `${formatNumber(figure.value)} ${figure.unit}`.trim(),
    figure.target === undefined ? '' : `${figure.target.bound} ${formatNumber(figure.target.value)}`,
    figure.target === undefined ? '' : isMet(figure) ? 'met' : 'MISSED',
  ]);
  const table = [['', 'figure', 'value', 'target', ''], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function formatNumber(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
