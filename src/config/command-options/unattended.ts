import type { FieldTable } from '../../request/field.ts';
import { wait } from '../../request/kinds/durations.ts';
import { budgets } from '../../request/kinds/quotas.ts';
import { boolean, name } from '../../request/kinds/texts.ts';
import { folderName } from '../../request/kinds/folder-names.ts';
import { webAddress } from '../../request/kinds/web-addresses.ts';

const group = 'Cron';

/** What runs need that nobody watches, as cron starts them. */
export const UNATTENDED = {
  /** Which runs of this user go one at a time: those that have the same name here; default: none. */
  lock: {
    name: 'lock',
    kind: folderName,
    flags: '--lock <NAME>',
    group,
    help: 'run only if no other run of yours on this machine has the lock of this name; else exit 75',
    ofOneRun: true,
    heededBy: ['batch'],
  },
  /** How long that lock is waited for, in milliseconds; default: 0, not at all. */
  lockWait: {
    name: 'lockWait',
    kind: wait,
    flags: '--lock-wait <DURATION>',
    group,
    help: 'how long --lock may be waited for, such as 10m; 0 is not at all',
    default: 0,
    ofOneRun: true,
    heededBy: ['batch'],
  },
  /** What this user's runs with such a budget may use together, at most; default: any amount. */
  budget: {
    name: 'budget',
    kind: budgets,
    flags: '--budget <AMOUNT>',
    group,
    help: 'what your runs with a budget may use together, such as 5usd/day, 20usd/week, 2Mtokens/month; else exit 5',
    repeated: true,
    ofOneRun: true,
  },
  /** Which of this user's runs share a budget: those that have the same name here; default: those that have none. */
  budgetName: {
    name: 'budgetName',
    kind: folderName,
    flags: '--budget-name <NAME>',
    group,
    help: 'count on an account of this name, which only runs that name it share',
    ofOneRun: true,
  },
  /** Prints nothing of a success, and a plain summary of everything else; default: false. */
  quietOnSuccess: {
    name: 'quietOnSuccess',
    kind: boolean,
    flags: '--quiet-on-success',
    group,
    help: 'print nothing on success, and a plain summary otherwise, so that cron only mails what needs somebody',
    ofOneRun: true,
  },
  /** Where the run is told of to Prometheus' node_exporter, for its textfile collector; default: nowhere. */
  metricsFile: {
    name: 'metricsFile',
    kind: name,
    flags: '--metrics-file <FILE>',
    group,
    help: "write how the run went for node_exporter's textfile collector, to a file that ends in .prom",
    paths: true,
    ofOneRun: true,
  },
  /** An address that is told of the start and the end of the run, as healthchecks.io has it; default: none. */
  ping: {
    name: 'ping',
    kind: webAddress,
    flags: '--ping <URL>',
    group,
    help: 'tell this address of the start, URL/start, and of the end, URL or URL/fail; it never fails the run',
    sensitive: true,
    ofOneRun: true,
  },
} as const satisfies FieldTable;
