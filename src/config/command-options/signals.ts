import type { FieldTable } from '../../request/field.ts';
import { boolean } from '../../request/kinds/texts.ts';

/** Signals that mean nothing to the command. */
export const SIGNALS = {
  ignoreHup: {
    name: 'ignoreHup',
    kind: boolean,
    flags: '--ignore-hup',
    group: 'Run',
    help: 'keep running when the terminal closes (SIGHUP), as under nohup',
    heededBy: ['replay', 'report', 'explain', 'redact', 'token'],
  },
  ignoreInt: {
    name: 'ignoreInt',
    kind: boolean,
    flags: '--ignore-int',
    group: 'Run',
    help: 'keep running at Ctrl-C and Ctrl-\\ (SIGINT, SIGQUIT), as a job that a script starts in the background with &',
    heededBy: ['replay', 'report', 'explain', 'redact', 'token'],
  },
} as const satisfies FieldTable;
