import type { FieldTable } from '../../../request/field.ts';
import { PERMISSION_MODES } from '../../../request/run-options/permissions.ts';
import { duration } from '../../../request/kinds/durations.ts';
import { choices, lines, names, variables } from '../../../request/kinds/lists.ts';
import { count, positive } from '../../../request/kinds/numbers.ts';
import { quotas } from '../../../request/kinds/quotas.ts';
import { boolean } from '../../../request/kinds/texts.ts';
import { CARRYING, SERVERS } from './commands.ts';
import { timeZone } from './kinds.ts';

const group = 'Policy';

/** What those who ask may have done, and how much of it at once. */
export const POLICY = {
  serverRoots: {
    name: 'serverRoots',
    flags: '--root <PATH>',
    group,
    commands: CARRYING,
    help: 'folder that queries may work in; may be repeated; default: the current folder',
    kind: lines,
    repeated: true,
    paths: true,
  },
  serverModes: {
    name: 'serverModes',
    flags: '--allow-modes <MODES...>',
    group,
    commands: CARRYING,
    help: 'permission modes that queries may ask for',
    kind: choices(PERMISSION_MODES),
    default: ['default', 'plan', 'dontAsk'],
  },
  serverModels: {
    name: 'serverModels',
    flags: '--allow-models <NAMES...>',
    group,
    commands: CARRYING,
    help: 'models that queries may ask for; default: any',
    kind: names,
  },
  serverAskTools: {
    name: 'serverAskTools',
    flags: '--ask-tools <TOOLS...>',
    group,
    commands: SERVERS,
    help: 'more tools that queries may use; somebody has to allow each call, or it is denied',
    kind: names,
  },
  serverMaxRuns: {
    name: 'serverMaxRuns',
    flags: '--max-runs <N>',
    group,
    commands: SERVERS,
    help: 'how many queries run at once',
    kind: positive,
    default: 4,
  },
  serverMaxRunsPerCaller: {
    name: 'serverMaxRunsPerCaller',
    flags: '--max-runs-per-caller <N>',
    group,
    commands: SERVERS,
    help: 'how many queries one caller may run at once; default: half of --max-runs, where callers show tokens, else all',
    kind: positive,
  },
  serverMaxQueued: {
    name: 'serverMaxQueued',
    flags: '--max-queued <N>',
    group,
    commands: SERVERS,
    help: 'how many more queries may wait in the queue',
    kind: count,
    default: 32,
  },
  serverQueueTimeout: {
    name: 'serverQueueTimeout',
    flags: '--queue-timeout <DURATION>',
    group,
    commands: SERVERS,
    help: 'how long a query may wait in the queue',
    kind: duration,
    default: 5 * 60_000,
  },
  serverQuotas: {
    name: 'serverQuotas',
    flags: '--quotas <QUOTAS...>',
    group,
    commands: CARRYING,
    help: 'what each caller may use, at most; such as 60requests/minute 4runs 5usd/day 2Mtokens/month',
    kind: quotas,
  },
  serverQuotaTimeZone: {
    name: 'serverQuotaTimeZone',
    flags: '--quota-time-zone <NAME>',
    group,
    commands: CARRYING,
    help: 'where the days, weeks and months of quotas are; default: where the server is',
    kind: timeZone,
  },
  serverPrewarm: {
    name: 'serverPrewarm',
    flags: '--prewarm <N>',
    group,
    commands: SERVERS,
    help: 'how many claudes are started before there is a query for them; they wait in places that no query needs',
    kind: count,
    default: 0,
  },
  serverPrewarmKeys: {
    name: 'serverPrewarmKeys',
    flags: '--prewarm-keys <N>',
    group,
    commands: SERVERS,
    help: 'for how many other sets of options, those that queries ask for most, one more waits',
    kind: count,
    default: 0,
  },
  serverEnv: {
    name: 'serverEnv',
    flags: '--pass-env <NAMES...>',
    group,
    commands: CARRYING,
    help: 'more variables that claude is given; NAME or PREFIX_*',
    kind: variables,
  },
  serverSandbox: {
    name: 'serverSandbox',
    flags: '--require-sandbox',
    group,
    commands: CARRYING,
    help: "run claude's commands in its own sandbox; fail where there is none",
    kind: boolean,
  },
} as const satisfies FieldTable;
