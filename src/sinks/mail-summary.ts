import type { Ending, Sink } from './sink.ts';
import type { Output } from './output.ts';
import { resumableSession } from '../outcome/report.ts';
import { oneLine } from './safe-text.ts';

/**
 * Prints nothing of a success, and a plain summary of every other ending, made to be read in a mail: what happened, whether
 * and when to try again, how to go on, and the answer as far as there is one.
 * @param safe makes the answer fit to be shown
 */
export function createMailSummarySink(output: Output, safe: (text: string) => string): Sink {
  return {
    write() {},
    async close(ending) {
      if (ending.class !== 'success') await output.write(summaryOf(ending, safe));
    },
  };
}

function summaryOf(ending: Ending, safe: (text: string) => string): string {
  const { report, warnings } = ending;
  const sessionId = resumableSession(ending);
  const rows: [string, string | null][] = [
    ['Result', `${ending.class} (exit code ${ending.exitCode})`],
    ['Reason', oneLine(ending.message)],
    ['Try again', againOf(ending)],
    ['Started', report.startedAt],
    ['Took', report.executionTime === null ? null : `${(report.executionTime / 1000).toFixed(1)} s`],
    ['Folder', report.claude.cwd],
    ['Session', report.sessionId],
    ['To go on', sessionId === null ? null : `sluice --resume ${sessionId} "go on"`],
    ['Cost', report.totalCostUsd === null ? null : `$${report.totalCostUsd.toFixed(4)}`],
    ...warnings.map((warning): [string, string] => ['Warning', oneLine(warning)]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const lines = rows.flatMap(([name, value]) =>
    value === null ? [] : [`${`${name}:`.padEnd(width)}${oneLine(value)}`],
  );
  const answer = report.result.summary.trim();
  return `${lines.join('\n')}\n${answer === '' ? '' : `\nThe answer, as far as it came:\n\n${safe(answer)}\n`}`;
}

/** Whether another try makes sense, and when. */
function againOf({ retryable, retryAfter, report }: Ending): string {
  if (!retryable) return 'no, it would end alike';
  if (retryAfter === undefined) return 'yes, in a while';
  const endedAt = Date.parse(report.startedAt) + (report.executionTime ?? 0);
  return `yes, after ${new Date(endedAt + retryAfter * 1000).toISOString()}`;
}
