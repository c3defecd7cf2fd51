import { resolve } from 'node:path';
import { PROMPT } from '../../request/run-options/prompt.ts';
import { MESSAGES } from '../../request/run-options/messages.ts';
import type { LaunchOptions } from '../launch.ts';
import { hasSessionToItself } from '../start/session-flags.ts';
import { digestOf } from './stamps.ts';
import { foundAtStart } from './found-at-start.ts';

/** What a request says of how long a run may take and what is shown of it: the answer is the same. */
export const AROUND_THE_ANSWER: ReadonlySet<string> = new Set([
  ...Object.keys(MESSAGES),
  'timeout',
  'startTimeout',
  'idleTimeout',
  'retryMaxWait',
  'waitForReset',
  'askTimeout',
  'waitBackground',
  'keepBackground',
  'failOnDenied',
  'failOn',
  'failOnFindings',
]);

/** What a request says that counts from the prompt on: a claude that waits for it need not know. */
const LATER = new Set<string>(['prompt', ...Object.keys(PROMPT), ...AROUND_THE_ANSWER]);

/** Variables that are another one's in every run, and tell of nothing but who asked (W3C Trace Context). */
const OF_ONE_RUN = ['TRACEPARENT', 'TRACESTATE'];

/** What a spare is started with for runs like this one: nothing that is one run's alone. */
export function withoutTrace(options: LaunchOptions): LaunchOptions {
  return {
    ...options,
    env: Object.fromEntries(Object.entries(options.env).filter(([name]) => !OF_ONE_RUN.includes(name))),
  };
}

/** What a claude was started with, in digests. */
export interface StartKey {
  /** What was asked for. */
  readonly asked: string;
  /** That, and the state of all that claude found. */
  readonly whole: string;
}

/**
 * What two starts of claude have in common that give the same claude: arguments, environment, folder, limits, the binary,
 * and the state of all that is read at the start. Null for a run that no claude can be started for in advance: one that
 * goes on with a session or names the one to be, or where that state, or claude, can't be found.
 */
export function startKey(options: LaunchOptions): StartKey | null {
  const { request, env, origins, folder, settings } = withoutTrace(options);
  if (!hasSessionToItself(request)) return null;
  const cwd = resolve(request.cwd ?? process.cwd());
  try {
    const asked = digestOf([
      [cwd, folder ?? null, options.asks === true, options.asksAtGate === true],
      sorted(
        Object.entries({ ...request, settings: settings?.key ?? request.settings }).filter(
          ([name]) => !LATER.has(name),
        ),
      ),
      sorted(Object.entries(env)),
    ]);
    // Claude tells the model what day it is.
    const today = new Date().toDateString();
    return { asked, whole: digestOf([asked, today, foundAtStart(request, { env, cwd }, origins)]) };
  } catch {
    return null;
  }
}

function sorted(entries: readonly (readonly [string, unknown])[]): unknown[] {
  return entries.filter(([, value]) => value !== undefined).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
