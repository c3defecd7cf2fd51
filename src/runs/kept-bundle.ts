import type { Bundle } from '../outcome/bundle.ts';
import type { RunEvent } from '../messages/types.ts';
import { collectBundle } from '../sinks/formats/bundle.ts';
import { createTruncator } from '../stream/truncate.ts';
import type { GivenOut, KeptRun } from './run-entry.ts';
import type { RunRecords } from './run-record.ts';

/** The messages of a run that are kept, in order and clipped; the ending is none. */
export async function* keptMessages(
  run: KeptRun,
  records: Pick<RunRecords, 'read'>,
  { clip } = createTruncator(charsGivenOut(run.givenOut)),
): AsyncGenerator<RunEvent, void, undefined> {
  for await (const { event } of records.read(run.runId, 1)) yield clip(event);
}

/** The bundle of a run, with those of its last messages that are kept; null where there is no report of it. */
export async function keptBundle(run: KeptRun, records: Pick<RunRecords, 'read'>): Promise<Bundle | null> {
  const { report, givenOut, messages: total } = run;
  if (report === null) return null;
  const maxChars = charsGivenOut(givenOut);
  const truncator = createTruncator(maxChars);
  const collector = collectBundle({
    maxMessages: givenOut.maxMessages ?? Number.POSITIVE_INFINITY,
    maxChars,
    noSystemMessages: givenOut.noSystemMessages,
  });
  for await (const event of keptMessages(run, records, truncator)) collector.see(event);
  const bundle = collector.bundle({ ...report.outcome, report, clipped: truncator.clipped() });
  const { returned } = bundle.truncation;
  return { ...bundle, truncation: { ...bundle.truncation, total, dropped: total - returned } };
}

export function charsGivenOut({ maxChars }: GivenOut): number {
  return maxChars ?? Number.POSITIVE_INFINITY;
}
