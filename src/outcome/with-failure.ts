import { SluiceError, messageOf, systemCodeOf } from '../errors.ts';
import { EXIT_CODES, INTERRUPT_EXIT_CODES } from './classes.ts';
import type { Report } from './report-schema.ts';
import { READER_GONE } from './describe-ending.ts';
import type { Outcome } from './outcome.ts';

/** Why an output takes no more: its reader went away, or it can't be written. */
export type OutputFailure = 'reader_gone' | SluiceError;

/** What an error of an output means. */
export function outputFailure(error: unknown): OutputFailure {
  if (systemCodeOf(error) === 'EPIPE') return 'reader_gone';
  return error instanceof SluiceError ? error : new SluiceError('output_error', messageOf(error), { cause: error });
}

/** A verdict with the report that it stands in. */
type Told = Outcome & { readonly report: Report };

/**
 * The verdict on a run, one of whose outputs failed after it was classified: that spoils a success; any other outcome says
 * more than it, and keeps it as a warning.
 */
export function withFailure<Ending extends Told>(ending: Ending, failure: OutputFailure): Ending {
  if (ending.class === 'success') {
    return failure === 'reader_gone'
      ? spoil(ending, { class: 'interrupted', exitCode: INTERRUPT_EXIT_CODES.reader_gone, message: READER_GONE })
      : spoil(ending, { class: failure.code, exitCode: EXIT_CODES[failure.code], message: failure.message });
  }
  const warning = failure === 'reader_gone' ? READER_GONE : failure.message;
  if (warning === ending.message) return ending;
  const { report } = ending;
  const warnings = [...ending.warnings, warning];
  return { ...ending, warnings, report: { ...report, outcome: { ...report.outcome, warnings } } };
}

function spoil<Ending extends Told>(ending: Ending, verdict: Pick<Outcome, 'class' | 'exitCode' | 'message'>): Ending {
  const { report } = ending;
  const result = { ...report.result, success: false, error: verdict.message };
  return { ...ending, ...verdict, report: { ...report, result, outcome: { ...report.outcome, ...verdict } } };
}
