import type { Settings } from '../../../config/layers.ts';
import { flagOf } from '../../../request/flag.ts';
import { reject } from './reject.ts';

/** Options that are a query's own, or that a server is told in another way. */
const INSTEAD = new Map(
  Object.entries({
    continue: 'a query says itself which session it goes on with',
    resume: 'a query says itself which session it goes on with',
    forkSession: 'a query says itself which session it goes on with',
    sessionId: 'each query has a session of its own',
    name: 'each query has a session of its own',
    worktree: 'queries work in the folders of --root',
    addDir: 'the folders that queries may work in are named by --root',
    jsonSchema: 'a query brings its own',
    keepBackground: 'nothing that a query started outlives it',
  }),
);

/** Options about one prompt and what is printed of its run. */
const OF_ONE_RUN =
  'output record bundle maxMessages noSystemMessages showThinking quiet file promptFile requireStdin noStdin slash stdinTimeout'.split(
    ' ',
  );

/**
 * Refuses options of a run that mean nothing to a server. Those about printing may stand in files that serve runs too.
 * @throws SluiceError `usage`
 */
export function rejectUnfitOptions(settings: Settings): void {
  for (const [name, { option, value, from }] of settings) {
    const instead = INSTEAD.get(name);
    if (instead !== undefined && value !== false) reject(settings, name, `is not for servers: ${instead}`);
    if (OF_ONE_RUN.includes(name) && from === flagOf(option))
      reject(settings, name, 'is not for servers; leave it out');
  }
}
