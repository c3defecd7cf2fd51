import type { Ending } from '../sinks/sink.ts';

/** An ending without its session, which went away with the configuration directory of an isolated run. */
export function forgetSession(ending: Ending): Ending {
  return { ...ending, report: { ...ending.report, sessionId: null } };
}
