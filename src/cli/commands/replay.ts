import type { Settings } from '../../config/layers.ts';
import { replay } from '../../replay.ts';
import { flagName } from '../settings/flag-name.ts';
import type { Io } from '../io.ts';
import { openRecording, type OpenedRecording } from '../input/open-recording.ts';
import { rejectForeignFlags } from '../settings/foreign-flags.ts';
import { formatOf, openSinks } from '../output/open-sinks.ts';
import type { Invocation } from '../program.ts';
import { redactionOf } from '../settings/redaction-of.ts';
import { requestOf } from '../settings/settings.ts';
import { NO_RECORDING } from '../../outcome/describe-ending.ts';
import { outputFailure } from '../../outcome/with-failure.ts';
import { settle } from '../output/settle.ts';

/** Shows a run that is over. Returns the exit code that it ended with. */
export async function replayCommand(
  { operands, flags, switches }: Invocation,
  settings: Settings,
  io: Io,
): Promise<number> {
  rejectForeignFlags(flags, 'replay');
  const recording = openRecording('replay', operands, io);
  if (!switches.has('asClaude')) return showRecording(recording, settings, io);
  const { printStandIn } = await import('../output/stand-in-printer.ts');
  return printStandIn(recording, settings, io);
}

/** The same of a recording that is open. */
export async function showRecording(recording: OpenedRecording, settings: Settings, io: Io): Promise<number> {
  const stop = new AbortController();
  io.onSignal((signal) => stop.abort(signal));
  const forgetReader = io.stdout.onFailure((failure) => stop.abort(outputFailure(failure)));
  try {
    const ending = await replay(
      recording.bytes,
      requestOf(settings),
      await openSinks(settings, io, { inputs: [recording.path], describe: () => null }),
      {
        env: io.env,
        ...(await redactionOf(settings, io, stop.signal)),
        signal: stop.signal,
        nameOption: flagName,
      },
    );
    const told =
      ending.message === NO_RECORDING ? { ...ending, message: `${recording.name}: ${NO_RECORDING}` } : ending;
    return await settle(told, formatOf(settings, io), io, stop.signal);
  } finally {
    forgetReader();
  }
}
