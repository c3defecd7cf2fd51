import type { Settings } from '../../config/layers.ts';
import { SluiceError } from '../../errors.ts';
import { recordedActions } from '../../testing/recorded-actions.ts';
import { standInProgram } from '../../testing/stand-in.ts';
import { VERSION } from '../../version.ts';
import type { Io } from '../io.ts';
import { flagName } from '../settings/flag-name.ts';
import { redactionOf } from '../settings/redaction-of.ts';
import type { OpenedRecording } from '../input/open-recording.ts';

/**
 * Prints a program that does what claude did in a recording. Returns the exit code.
 * @throws SluiceError `usage` for what is no recording
 */
export async function printStandIn({ bytes, name }: OpenedRecording, settings: Settings, io: Io): Promise<number> {
  const stop = new AbortController();
  io.onSignal((signal) => stop.abort(signal));
  const { standIn, ending } = await recordedActions(bytes, {
    env: io.env,
    signal: stop.signal,
    nameOption: flagName,
    ...(await redactionOf(settings, io, stop.signal)),
  });
  if (stop.signal.aborted) return ending.exitCode;
  if (standIn.actions.every((action) => !('print' in action)))
    throw new SluiceError('usage', `${name}: ${ending.message}`);
  await io.stdout.write(
    standInProgram(standIn, `Stands in for claude: a recording, by sluice ${VERSION} replay --as-claude.`),
  );
  await io.stdout.flush();
  return 0;
}
