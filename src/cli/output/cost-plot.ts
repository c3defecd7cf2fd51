import type { CostsTable } from '../../runs/disk/history.ts';
import { padEnd, padStart } from '../../sinks/pretty/aligned.ts';
import { clip, widthOf } from '../../sinks/pretty/clip.ts';
import { countOf, formatCost } from '../../sinks/pretty/format.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import type { Paint } from '../../sinks/pretty/theme.ts';

/** Columns that a name takes at most, and the longest bar. */
const MOST_NAME = 32;
const MOST_BAR = 50;

/** Parts of a column, in eighths. */
const PARTS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Costs as bars, a line each, and their sum. @param columns how wide it may be */
export function costPlot({ groups, total }: CostsTable, columns: number, paint: Paint): string {
  const most = groups.reduce((largest, { usd }) => Math.max(largest, usd), 0);
  const lines = [...groups, { of: 'total', ...total }].map((one) => ({
    ...one,
    name: clip(oneLine(one.of ?? '(none)'), MOST_NAME),
    cost: formatCost(one.usd),
    count: countOf(one.runs, 'run'),
  }));
  const [name, cost, count] = [widest(lines, 'name'), widest(lines, 'cost'), widest(lines, 'count')];
  const room = Math.max(1, Math.min(MOST_BAR, columns - name - cost - count - 6));
  return lines
    .map((line, index) => {
      const isTotal = index === groups.length;
      const drawn = isTotal || most === 0 ? '' : bar(line.usd / most, room);
      const text = `${padEnd(line.name, name)}  ${paint('accent', drawn)}${padEnd('', room - widthOf(drawn))}  ${padStart(line.cost, cost)}  ${padStart(line.count, count)}`;
      return `${isTotal ? paint('strong', text) : text}\n`;
    })
    .join('');
}

/** A bar of so much of the room; what is not nothing is seen. */
function bar(share: number, room: number): string {
  const eighths = share <= 0 ? 0 : Math.max(1, Math.round(share * room * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + (PARTS[eighths % 8] ?? '');
}

function widest<Name extends string>(lines: readonly Readonly<Record<Name, string>>[], part: Name): number {
  return lines.reduce((most, line) => Math.max(most, widthOf(line[part])), 0);
}
