import { OUTCOME_CLASSES } from '../../outcome/classes.ts';
import type { FieldTable } from '../../request/field.ts';
import { lifetime } from '../../request/kinds/durations.ts';
import { labels } from '../../request/kinds/labels.ts';
import { choices } from '../../request/kinds/lists.ts';
import { moment } from '../../request/kinds/moments.ts';
import { count, positive } from '../../request/kinds/numbers.ts';
import { size } from '../../request/kinds/sizes.ts';
import { boolean, choice } from '../../request/kinds/texts.ts';

const group = 'History';

const commands = ['history'];

const DAY_MS = 24 * 60 * 60_000;

/** What runs have in common whose costs are added up. */
const COSTS_BY = ['day', 'label', 'model', 'class', 'folder'] as const;

/** What is remembered of runs of the command line, and how it is looked through. */
export const HISTORY = {
  /** Whether a record of the run is kept; default: false. */
  history: {
    name: 'history',
    kind: boolean,
    flags: '--history',
    group,
    help: 'keep a redacted record of the run, for sluice history',
    ofOneRun: true,
  },
  /** Words that are put on that record, to find it by and to count costs by: `NAME=TEXT` each; default: none. */
  labels: {
    name: 'labels',
    kind: labels,
    flags: '--label <NAME=TEXT>',
    group,
    help: 'put a label on the record of --history; with sluice history: only runs that have it',
    repeated: true,
    keyed: true,
    ofOneRun: true,
  },
  /** How many runs of the command line are kept. */
  historyKeepRuns: {
    name: 'historyKeepRuns',
    kind: count,
    flags: '--keep-runs <N>',
    group,
    commands,
    help: 'how many runs are kept',
    default: 10_000,
  },
  /** How many bytes their messages may take together. */
  historyKeepBytes: {
    name: 'historyKeepBytes',
    kind: size,
    flags: '--keep-bytes <SIZE>',
    group,
    commands,
    help: 'how much the messages of runs may take together; of older ones, only what they came to is kept',
    default: 1024 ** 3,
  },
  /** How long they are kept, in milliseconds. */
  historyKeepFor: {
    name: 'historyKeepFor',
    kind: lifetime,
    flags: '--keep-for <DURATION>',
    group,
    commands,
    help: 'how long a run is kept, such as 30d',
    default: 90 * DAY_MS,
  },
  /** The outcome classes that are listed; default: all. */
  historyClasses: {
    name: 'historyClasses',
    kind: choices(OUTCOME_CLASSES),
    flags: '--class <CLASSES>',
    group,
    commands,
    help: 'only runs that ended so, such as timeout,crashed',
    flagOnly: true,
  },
  /** The time from which on runs are listed, in ISO 8601; default: all. */
  historySince: {
    name: 'historySince',
    kind: moment,
    flags: '--since <WHEN>',
    group,
    commands,
    help: 'only runs from then on: 2026-11-30, 2026-11-30T09:00, today, yesterday, 24h, 7d',
    flagOnly: true,
  },
  /** The time before which they are, in ISO 8601; default: all. */
  historyUntil: {
    name: 'historyUntil',
    kind: moment,
    flags: '--until <WHEN>',
    group,
    commands,
    help: 'only runs before that; a day is its first moment',
    flagOnly: true,
  },
  /** How many are listed at most. */
  historyLimit: {
    name: 'historyLimit',
    kind: positive,
    flags: '-n, --limit <N>',
    group,
    commands,
    help: 'how many runs are listed, the newest first',
    default: 30,
    flagOnly: true,
  },
  /** What runs have in common whose costs are added up. */
  historyBy: {
    name: 'historyBy',
    kind: choice(COSTS_BY),
    flags: '--by <WHAT>',
    group,
    commands,
    help: `what costs are added up by: ${COSTS_BY.join(', ')}`,
    default: 'day',
    flagOnly: true,
  },
} as const satisfies FieldTable;
