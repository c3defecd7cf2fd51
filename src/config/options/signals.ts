import type { FieldTable } from '../../request/field.ts';
import { boolean } from '../../request/kinds/texts.ts';

/** Signals that mean nothing to the command. */
export const SIGNALS = {
  ignoreHup: {
    name: 'ignoreHup',
    kind: boolean,
    flags: '--ignore-hup',
    group: 'Run',
    help: 'go on when the terminal closes (SIGHUP): what nohup asks for, and Node forgets',
    heededBy: ['replay', 'redact', 'token'],
  },
  ignoreInt: {
    name: 'ignoreInt',
    kind: boolean,
    flags: '--ignore-int',
    group: 'Run',
    help: 'go on at Ctrl-C and Ctrl-\\ (SIGINT, SIGQUIT): for a job that a script starts in the background with &',
    heededBy: ['replay', 'redact', 'token'],
  },
} as const satisfies FieldTable;
