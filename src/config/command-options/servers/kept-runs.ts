import type { FieldTable } from '../../../request/field.ts';
import { age, duration } from '../../../request/kinds/durations.ts';
import { count } from '../../../request/kinds/numbers.ts';
import { size } from '../../../request/kinds/sizes.ts';
import { CARRYING, SERVERS } from './commands.ts';
import { nameOrOff } from './kinds.ts';

const group = 'Finished runs';

/** What is remembered of runs, and for how long. */
export const KEPT_RUNS = {
  serverState: {
    name: 'serverState',
    flags: '--state <FOLDER>',
    group,
    commands: CARRYING,
    help: 'where runs are kept, or off: in memory alone; default: sluice in $XDG_STATE_HOME',
    kind: nameOrOff,
    paths: true,
  },
  serverKeepRuns: {
    name: 'serverKeepRuns',
    flags: '--keep-runs <N>',
    group,
    commands: CARRYING,
    help: 'how many finished runs are kept; default: 1000, in memory 100',
    kind: count,
  },
  serverKeepBytes: {
    name: 'serverKeepBytes',
    flags: '--keep-bytes <SIZE>',
    group,
    commands: CARRYING,
    help: 'how much the messages of finished runs may take together; default: 256MiB, in memory 64MiB',
    kind: size,
  },
  serverKeepFor: {
    name: 'serverKeepFor',
    flags: '--keep-for <DURATION>',
    group,
    commands: CARRYING,
    help: 'how long a finished run is kept; default: a week, in memory an hour',
    kind: duration,
  },
  serverCache: {
    name: 'serverCache',
    kind: age,
    flags: '--cache <DURATION>',
    group,
    commands: SERVERS,
    help: 'give a caller the answer of an earlier run of theirs that asked the same, if it is no older; at most 7d, 0 is never',
    default: 0,
  },
} as const satisfies FieldTable;
