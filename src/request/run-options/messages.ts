import type { FieldTable } from '../field.ts';
import { valuesOf } from '../kinds/kind.ts';
import { count } from '../kinds/numbers.ts';
import { characters } from '../kinds/sizes.ts';
import { boolean } from '../kinds/texts.ts';

/** UTF-16 units kept of each string in an event, unless more or fewer are asked for. */
export const MAX_CHARS = 20_000;

/** Messages kept in a bundle, counted from the end. */
export const MAX_MESSAGES = 100;

/** What of a run's messages is kept, and how. */
export const MESSAGES = {
  /** Messages in the bundle, counted from the end; default: 100. */
  maxMessages: {
    name: 'maxMessages',
    kind: count,
    flags: '--max-messages <N>',
    group: 'Output',
    help: 'messages in the bundle, counted from the end',
    default: MAX_MESSAGES,
    project: 'lower',
    caller: {
      help: 'How many of the last messages to return.',
      values: valuesOf<number>({ ...count.schema, maximum: 10_000 }),
      default: MAX_MESSAGES,
      narrowing: 'harmless',
    },
    ofOneRun: true,
    heededBy: ['replay'],
  },
  /** UTF-16 units kept of each string in a message, 64 at least; default: 20,000. */
  maxChars: {
    name: 'maxChars',
    kind: characters,
    flags: '--max-chars <SIZE>',
    group: 'Output',
    help: 'characters kept of each string in a message',
    default: MAX_CHARS,
    project: 'lower',
    heededBy: ['replay', 'report'],
  },
  /** No limit on messages or characters; default: false. */
  full: {
    name: 'full',
    kind: boolean,
    flags: '--full',
    group: 'Output',
    help: 'no limit on messages or characters: nothing is truncated',
    heededBy: ['replay', 'report'],
  },
  /** Leaves messages of type `system` out of the bundle and the screen; default: false. */
  noSystemMessages: {
    name: 'noSystemMessages',
    kind: boolean,
    flags: '--no-system-messages',
    group: 'Output',
    help: 'leave messages of type system out of the bundle and the screen',
    project: 'harmless',
    caller: {
      name: 'includeSystemMessages',
      help: 'Whether messages of type system are among them.',
      default: true,
      narrowing: 'harmless',
      negated: true,
    },
    ofOneRun: true,
    heededBy: ['replay'],
  },
  /** Lets secrets through, on the way in and on the way out; default: false. */
  noRedact: {
    name: 'noRedact',
    kind: boolean,
    flags: '--no-redact',
    group: 'Secrets',
    help: 'no redaction: let secrets through, on the way in and on the way out',
    heededBy: ['replay', 'report', 'redact'],
  },
} as const satisfies FieldTable;
