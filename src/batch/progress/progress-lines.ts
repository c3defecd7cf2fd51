import { clip } from '../../sinks/pretty/clip.ts';
import { countOf, formatCost, formatCount, formatSeconds } from '../../sinks/pretty/format.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import { outlookOf } from './outlook.ts';
import type { Tally } from './tally.ts';

/** How a batch stands, in lines: the last one sums up, those before it are of items that run. */
export interface ProgressLines {
  readonly items: readonly string[];
  readonly sum: string;
}

/** So many items that run have a line of their own. */
const MOST_ITEMS = 8;

const LONGEST_ID = 40;

/** @param elapsedMs since the batch was started */
export function progressLines(tally: Tally, elapsedMs: number, now: number): ProgressLines {
  const { running } = tally;
  const shown = running.slice(0, MOST_ITEMS).map(({ item, since, status }) => {
    const { label, left } = status.current();
    const what = left === null ? label : `${label} in ${formatSeconds(left)}`;
    return `  ${clip(oneLine(item.id), LONGEST_ID)} · ${oneLine(what)} · ${formatSeconds(now - since)}`;
  });
  const rest = running.length - shown.length;
  return {
    items: [...shown, ...(rest > 0 ? [`  and ${formatCount(rest)} more`] : [])],
    sum: sumOf(tally, elapsedMs, now),
  };
}

function sumOf(tally: Tally, elapsedMs: number, now: number): string {
  const { done, doneBefore, failed, running, tokens, costUsd, pace } = tally;
  const { total, isExact, perMinute, leftMs } = outlookOf(tally, elapsedMs);
  const bad = [...failed].map(([kind, count]) => `${formatCount(count)} ${kind}`);
  const pausedMs = pace.pausedUntil - now;
  return [
    `${formatCount(done + doneBefore)}${total === null ? '' : ` of ${isExact ? '' : 'about '}${formatCount(total)}`} done`,
    ...bad,
    `${formatCount(running.length)} running`,
    ...(pausedMs > 0 ? [`paused for ${formatSeconds(pausedMs)}`] : []),
    ...(perMinute === null ? [] : [`${perMinute.toFixed(perMinute < 10 ? 1 : 0)}/min`]),
    ...(tokens.output === 0 ? [] : [countOf(tokens.input + tokens.output, 'token')]),
    ...(costUsd === 0 ? [] : [formatCost(costUsd)]),
    ...(leftMs === null ? [] : [`about ${formatSeconds(leftMs)} left`]),
  ].join(' · ');
}
