import type { Terminal } from '../../../../src/sinks/output.ts';
import type { PrettyOptions } from '../../../../src/sinks/pretty/options.ts';
import { createPrettySink } from '../../../../src/sinks/pretty/pretty.ts';
import type { Ending } from '../../../../src/sinks/sink.ts';
import { endingOf, eventsOf, fakeTerminal, type Step } from './events.ts';

type Settings = Partial<Terminal & Omit<PrettyOptions, 'out'>> & {
  readonly width?: number;
  readonly ending?: Ending | null;
};

/** What a run looks like, footer and all; `ending: null` leaves it open. */
export async function look(messages: readonly Step[], settings: Settings = {}): Promise<string> {
  const { width = 60, isTTY = true, colorLevel = 0, ending = endingOf() } = settings;
  const { terminal, text } = fakeTerminal(width, { isTTY, colorLevel });
  const sink = createPrettySink({ out: terminal, showThinking: false, showSystem: false, now: () => 0, ...settings });
  for (const event of eventsOf(messages)) await sink.write(event);
  if (ending !== null) await sink.close(ending);
  return text();
}

/** As {@link look}, but before the end: only what the messages themselves print. */
export async function lookAt(messages: readonly Step[], settings: Settings = {}): Promise<string> {
  return look(messages, { ...settings, ending: null });
}
