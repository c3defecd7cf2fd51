import type { Catches } from './catches.ts';
import { formatTable } from './markdown.ts';

const ROWS = 12;

/** The shapes in which most was missed, as a Markdown table. */
export function weakestShapes({ cases, missed }: Catches): string {
  const all = countByShape(cases);
  const worst = [...countByShape(missed)].sort(([, a], [, b]) => b - a).slice(0, ROWS);
  return formatTable(
    ['shape', 'missed', 'of'],
    worst.map(([shape, count]) => [shape, String(count), String(all.get(shape))]),
  );
}

function countByShape(cases: Catches['cases']): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { shape } of cases) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  return counts;
}
