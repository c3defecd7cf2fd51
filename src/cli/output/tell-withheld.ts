import type { OutputFormat } from '../../config/command-options/output.ts';
import { describeWithheld } from '../../outcome/describe-withheld.ts';
import type { Ending } from '../../sinks/sink.ts';
import type { Io } from '../io.ts';

/** Outputs that are the answer or claude's own words, and have no place for what else is to be told of a run. */
const WITHOUT_REPORT: ReadonlySet<OutputFormat | 'summary'> = new Set(['text', 'stream-json']);

/** Tells on stderr which variables tools did without, where the output does not. */
export function tellWithheld(
  { report }: Pick<Ending, 'report'>,
  format: OutputFormat | 'summary',
  { stderr }: Pick<Io, 'stderr'>,
): void {
  const { withheld = [] } = report.claude;
  if (withheld.length > 0 && WITHOUT_REPORT.has(format)) {
    // What else stderr says is waited for, too, at the end.
    void stderr.write(`sluice: ${describeWithheld(withheld)}\n`);
  }
}
