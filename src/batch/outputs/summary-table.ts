import { aligned } from '../../sinks/pretty/aligned.ts';
import { formatCost, formatCount, formatSeconds } from '../../sinks/pretty/format.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import type { Summary } from './summary.ts';

/** So many of those that are not done are named. */
const MOST_LETTERS = 10;

/** What became of a batch, for people: a line a figure. */
export function summaryTable(summary: Summary): string {
  const { done, doneBefore, notDone, rows, runs, usage, costUsd, totalCostUsd, executionTime, letters } = summary;
  const figures: (readonly [string, string])[] = [
    ['done', `${formatCount(done)}${doneBefore === 0 ? '' : `, ${formatCount(doneBefore)} of them before`}`],
    ...Object.entries(notDone).map(([kind, count]) => [kind, formatCount(count)] as const),
    ['rows', formatCount(rows)],
    ['runs', `${formatCount(runs)} in ${formatSeconds(executionTime)}`],
    ['tokens', `${formatCount(usage.inputTokens)} in, ${formatCount(usage.outputTokens)} out`],
    [
      'cost',
      `${formatCost(costUsd)}${totalCostUsd === costUsd ? '' : `, ${formatCost(totalCostUsd)} with earlier starts`}`,
    ],
  ];
  const told = letters
    .slice(0, MOST_LETTERS)
    .map(({ id, where, state, message }) =>
      oneLine(`  ${id ?? where}: ${state}${message === '' ? '' : `: ${message}`}`),
    );
  const rest = Object.values(notDone).reduce((sum, count) => sum + count, 0) - told.length;
  return [
    ...aligned(figures),
    ...(told.length === 0 ? [] : ['', 'not done:', ...told]),
    ...(rest > 0 ? [`  and ${formatCount(rest)} more`] : []),
    '',
  ].join('\n');
}
