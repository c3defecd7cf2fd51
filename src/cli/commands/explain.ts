import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { explain } from '../../explain/explanation.ts';
import { foldTimeline } from '../../explain/timeline.ts';
import { escapeJson } from '../../sinks/safe-text.ts';
import { createPaint } from '../../sinks/pretty/theme.ts';
import type { Io } from '../io.ts';
import { openRecording } from '../input/open-recording.ts';
import { replayOf } from '../input/replay-of.ts';
import { explanationLines } from '../output/explanation-lines.ts';
import type { Invocation } from '../program.ts';
import { printsJson } from '../settings/prints-json.ts';
import { declaredSecrets } from '../settings/declared-secrets.ts';
import { flagName } from '../settings/flag-name.ts';
import { rejectForeignFlags } from '../settings/foreign-flags.ts';
import { redactorOptions } from '../settings/redactor-options.ts';
import { requestOf } from '../settings/settings.ts';
import { colorLevel } from '../terminal/color-level.ts';

/** Says why a recorded run ended as it did. Returns 0, or 2 for what is no recording. */
export async function explainCommand({ operands, flags }: Invocation, settings: Settings, io: Io): Promise<number> {
  rejectForeignFlags(flags, 'explain');
  const isJson = printsJson({ flags }, 'explain');
  const recording = openRecording('explain', operands, io);
  const stop = new AbortController();
  io.onSignal((signal) => stop.abort(signal));
  const timeline = foldTimeline();
  const ending = await replayOf(recording, requestOf(settings), [{ write: timeline.see, close() {} }], {
    env: io.env,
    redactor: await redactorOptions(declaredSecrets(settings), io, stop.signal),
    signal: stop.signal,
    nameOption: flagName,
  });
  const explanation = explain(ending, timeline.timeline());
  const paint = createPaint(colorLevel(read(settings, OPTION.color), io.env, io.stdout.isTTY));
  await io.stdout.write(isJson ? `${escapeJson(explanation)}\n` : explanationLines(explanation, paint));
  await io.stdout.flush();
  return 0;
}
