import type { HeldCall } from './call-order.ts';
import { headlineOf } from './headline.ts';
import type { Page } from './page.ts';
import { renderLine } from './spans.ts';
import { MARKS, type Paint } from './theme.ts';
import { wrapWords } from './wrap.ts';

/**
 * The lines of what is not finished, as far as there is room: the end of the text that is being written, as it came; or
 * else the calls that are under way beside the one whose result comes next, and a line for the cursor.
 */
export function unfinishedLines(
  page: Page,
  calls: readonly HeldCall[],
  rows: number,
  columns: number,
  paint: Paint,
): readonly string[] {
  const text = page.unfinished(rows * columns);
  if (text !== null) {
    const lines = wrapWords(text.text, columns);
    return (text.apart ? ['', ...lines] : lines).slice(-rows);
  }
  if (calls.length === 0) return [];
  const shown = calls.slice(0, Math.max(1, rows - 2)).map(({ call, isDone }) => {
    const [, ...told] = headlineOf(call, false);
    const line = told.map(([, piece]) => ['dim', piece] as const);
    return renderLine([isDone ? ['good', `${MARKS.good} `] : ['dim', `${MARKS.call} `], ...line], columns, paint);
  });
  const more = calls.length - shown.length;
  return [...shown, ...(more === 0 ? [] : [paint('dim', `… ${more} more`)]), ''].slice(-rows);
}
