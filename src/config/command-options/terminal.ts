import type { FieldTable } from '../../request/field.ts';
import { boolean } from '../../request/kinds/texts.ts';

/** What the command has to do with the terminal that it was started at: who is asked there, and what it may end. */
export const TERMINAL = {
  ask: {
    name: 'ask',
    kind: boolean,
    flags: '--ask',
    group: 'Permissions and tools',
    help: 'ask at the terminal about each call of a tool that is neither allowed nor denied',
    ofOneRun: true,
  },
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
