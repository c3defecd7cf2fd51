import { SluiceError } from '../../errors.ts';
import type { Settings } from '../../config/layers.ts';
import { type OutputFailure, outputFailure } from '../../outcome/with-failure.ts';
import { BUILT_PAGE } from '../../page/built-page.ts';
import { createReportSink } from '../../html-report/report-sink.ts';
import { redactorOf } from '../../run/redactor-of.ts';
import { openRecording } from '../input/open-recording.ts';
import { replayOf } from '../input/replay-of.ts';
import type { Io } from '../io.ts';
import { promptOf } from '../output/history-table.ts';
import { seeOut } from '../output/see-out.ts';
import type { Invocation } from '../program.ts';
import { openUsersHistory } from '../service/open-users-history.ts';
import { flagName } from '../settings/flag-name.ts';
import { rejectForeignFlags } from '../settings/foreign-flags.ts';
import { redactionOf } from '../settings/redaction-of.ts';
import { requestOf } from '../settings/settings.ts';

/** Makes a page of a recorded run, on stdout. Returns 0, or 2 for what is no recording. */
export async function reportCommand({ operands, flags }: Invocation, settings: Settings, io: Io): Promise<number> {
  rejectForeignFlags(flags, 'report');
  if (io.stdout.isTTY) throw new SluiceError('usage', 'a report is a page: send it to a file, as in > run.html');
  const recording = openRecording('report', operands, io);
  const stop = new AbortController();
  io.onSignal((signal) => stop.abort(signal));
  let broken: OutputFailure | null = null;
  const forgetReader = io.stdout.onFailure((failure) => stop.abort((broken = outputFailure(failure))));
  try {
    const redaction = await redactionOf(settings, io, stop.signal);
    const asked = async (runId: string): Promise<string | null> => {
      const prompt = await keptPrompt(runId, io);
      return prompt && (await redactorOf(requestOf(settings), redaction, io.env)).redact(prompt).text;
    };
    const ending = await replayOf(recording, requestOf(settings), [createReportSink(io.stdout, BUILT_PAGE, asked)], {
      env: io.env,
      ...redaction,
      signal: stop.signal,
      nameOption: flagName,
    });
    broken ??= await io.stdout.flush().then(() => null, outputFailure);
    if (broken instanceof SluiceError) throw broken;
    return stop.signal.aborted ? ending.exitCode : 0;
  } finally {
    forgetReader();
    await seeOut(io);
  }
}

/** What a run was asked, where it is among those that are kept; a report can do without. */
async function keptPrompt(runId: string, io: Io): Promise<string | null> {
  try {
    const history = await openUsersHistory(io);
    const run = history?.find(runId)[0];
    history?.close();
    return run === undefined ? null : promptOf(run) || null;
  } catch {
    return null;
  }
}
