import type { FieldTable } from '../../request/field.ts';
import { duration } from '../../request/kinds/durations.ts';
import { folderName } from '../../request/kinds/folder-names.ts';
import { type Kind, kindOf } from '../../request/kinds/kind.ts';

const group = 'Queue';
const commands = ['batch', 'worker', 'serve'];

const address: Kind<string> = kindOf({
  parse(value) {
    if (typeof value === 'string' && /^rediss?:\/\/[^/]/.test(value) && URL.canParse(value)) return value;
    throw new Error('an address such as redis://127.0.0.1:6379, or rediss:// for TLS');
  },
  expected: 'an address such as redis://127.0.0.1:6379, or rediss:// for TLS',
  schema: { type: 'string', pattern: '^rediss?://' },
});

/** The Redis where items wait for workers of other machines, and replicas of a gateway share runs. None of it is for a project's file. */
export const QUEUE = {
  /** The address of the Redis or Valkey that has the queue; default: items are carried out here, and a gateway shares no runs. */
  queue: {
    name: 'queue',
    kind: address,
    flags: '--queue <URL>',
    group,
    help: 'the Redis or Valkey where items wait for workers, or replicas share runs; a password belongs in SLUICE_QUEUE, not on the command line',
    sensitive: true,
    commands,
  },
  /** Which of its queues. */
  queueName: {
    name: 'queueName',
    kind: folderName,
    flags: '--queue-name <NAME>',
    group,
    help: 'which queue of it; workers take the items of one alone, and replicas share the runs of one',
    default: 'items',
    commands,
  },
  /** For items that not every worker can do: those of a batch, or of a worker. */
  queueOnly: {
    name: 'queueOnly',
    kind: folderName,
    flags: '--only <LABEL>',
    group,
    help: 'with sluice batch: only for workers of this label; with sluice worker: only items of this label, in place of those without one',
    commands: ['batch', 'worker'],
  },
  /** Milliseconds after which a worker or replica that is heard nothing of has lost what it does. */
  queueLease: {
    name: 'queueLease',
    kind: duration,
    flags: '--lease <DURATION>',
    group,
    help: 'how long nothing may be heard of a worker or replica before it has lost what it does',
    default: 30_000,
    commands: ['worker', 'serve'],
  },
} as const satisfies FieldTable;
