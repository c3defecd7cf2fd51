import type { FieldTable } from '../../request/field.ts';
import { age } from '../../request/kinds/durations.ts';

/** What of earlier runs is given again. */
export const CACHE = {
  cache: {
    name: 'cache',
    kind: age,
    flags: '--cache <DURATION>',
    group: 'Run',
    help: 'give the answer of an earlier run that asked the same, if it is no older, such as 1h; at most 7d, 0 is never',
    default: 0,
    project: 'lower',
    ofOneRun: true,
    remote: { not: 'answers are kept for runs of this machine' },
  },
} as const satisfies FieldTable;
