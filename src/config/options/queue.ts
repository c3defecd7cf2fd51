import type { FieldTable } from '../../request/field.ts';
import { duration } from '../../request/kinds/durations.ts';
import { folderName } from '../../request/kinds/folder-names.ts';
import { type Kind, kindOf } from '../../request/kinds/kind.ts';

const group = 'Queue';
const commands = ['batch', 'worker'];

const address: Kind<string> = kindOf({
  parse(value) {
    if (typeof value === 'string' && /^rediss?:\/\/[^/]/.test(value) && URL.canParse(value)) return value;
    throw new Error('an address such as redis://127.0.0.1:6379, or rediss:// for TLS');
  },
  expected: 'an address such as redis://127.0.0.1:6379, or rediss:// for TLS',
  schema: { type: 'string', pattern: '^rediss?://' },
});

/** Where items wait for workers of other machines. Nothing of it is for a project's file. */
export const QUEUE = {
  /** The address of the Redis or Valkey that has the queue; default: items are carried out here. */
  queue: {
    name: 'queue',
    kind: address,
    flags: '--queue <URL>',
    group,
    help: 'the Redis or Valkey where items wait for workers; a password belongs into SLUICE_QUEUE, not on the command line',
    sensitive: true,
    commands,
  },
  /** Which of its queues. */
  queueName: {
    name: 'queueName',
    kind: folderName,
    flags: '--queue-name <NAME>',
    group,
    help: 'which queue of it; a worker takes the items of one alone',
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
  /** Milliseconds after which a worker that is heard nothing of has lost its items. */
  queueLease: {
    name: 'queueLease',
    kind: duration,
    flags: '--lease <DURATION>',
    group,
    help: 'how long nothing may be heard of a worker before it has lost its items',
    default: 30_000,
    commands: ['worker'],
  },
} as const satisfies FieldTable;
