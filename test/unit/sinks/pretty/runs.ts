import type { Terminal } from '../../../../src/sinks/output.ts';
import type { PrettyOptions } from '../../../../src/sinks/pretty/options.ts';
import { createPrettySink } from '../../../../src/sinks/pretty/pretty.ts';
import type { Ending } from '../../../../src/sinks/sink.ts';
import { endingOf, eventsOf, fakeTerminal, type Step } from './events.ts';
import { fakeScreen } from './fake-screen.ts';

type Settings = Partial<Terminal & Omit<PrettyOptions, 'out'>> & {
  readonly width?: number;
  readonly height?: number;
  readonly ending?: Ending | null;
};

/** What a run looks like, footer and all; `ending: null` leaves it open. */
export async function look(messages: readonly Step[], settings: Settings = {}): Promise<string> {
  const { width = 60, isTTY = true, colorLevel = 0, ending = endingOf() } = settings;
  const { terminal, text } = fakeTerminal(width, { isTTY, colorLevel });
  await show(messages, terminal, { ...settings, ending });
  return text();
}

/** What is on a terminal whose cursor can be moved when so much has come, whether it is finished or not. */
export async function lookNow(messages: readonly Step[], settings: Settings = {}): Promise<string> {
  const screen = fakeScreen(settings.width ?? 60, settings.height ?? 24);
  await show(messages, screen.terminal, { ending: null, ...settings });
  return screen.text();
}

/** Shows a run on a terminal; there is time to draw after each message. */
async function show(messages: readonly Step[], terminal: Terminal, settings: Settings): Promise<void> {
  let clock = 0;
  const sink = createPrettySink({
    out: terminal,
    showThinking: false,
    showSystem: false,
    now: () => clock,
    ...settings,
  });
  for (const event of eventsOf(messages)) {
    clock += 100;
    await sink.write(event);
  }
  if (settings.ending != null) await sink.close(settings.ending);
}

/** As {@link look}, but before the end: only what the messages themselves print. */
export async function lookAt(messages: readonly Step[], settings: Settings = {}): Promise<string> {
  return look(messages, { ...settings, ending: null });
}
