import type { FieldTable } from '../../request/field.ts';
import { duration } from '../../request/kinds/durations.ts';
import { assignments, texts } from '../../request/kinds/lists.ts';
import { boolean, name } from '../../request/kinds/texts.ts';

/** Where the command line reads its prompt from. */
export const PROMPT_SOURCE = {
  file: {
    name: 'file',
    kind: texts,
    flags: '--file <PATHS...>',
    group: 'Prompt',
    help: 'attach files; each is named and fenced off',
    flagOnly: true,
    ofOneRun: true,
  },
  template: {
    name: 'template',
    kind: name,
    flags: '-t, --template <NAME>',
    group: 'Prompt',
    help: 'ask what a template says, by its name or path; sluice templates lists them',
    flagOnly: true,
    ofOneRun: true,
  },
  vars: {
    name: 'vars',
    kind: assignments,
    flags: '--var <NAME=VALUE>',
    group: 'Prompt',
    help: 'a value for a variable of the template',
    flagOnly: true,
    ofOneRun: true,
    repeated: true,
  },
  promptFile: {
    name: 'promptFile',
    kind: name,
    flags: '--prompt-file <PATH>',
    group: 'Prompt',
    help: 'read the prompt from a file',
    flagOnly: true,
    ofOneRun: true,
  },
  dryRun: {
    name: 'dryRun',
    kind: boolean,
    flags: '--dry-run',
    group: 'Prompt',
    help: 'print what would be sent and its sizes, and start nothing',
    flagOnly: true,
    ofOneRun: true,
  },
  requireStdin: {
    name: 'requireStdin',
    kind: boolean,
    flags: '--require-stdin',
    group: 'Prompt',
    help: 'fail when nothing is piped in; as when the command before the pipe failed',
    ofOneRun: true,
  },
  noStdin: {
    name: 'noStdin',
    kind: boolean,
    flags: '--no-stdin',
    group: 'Prompt',
    help: 'do not read stdin, as in a loop that reads it',
    ofOneRun: true,
  },
  slash: {
    name: 'slash',
    kind: boolean,
    flags: '--slash',
    group: 'Prompt',
    help: 'let a prompt that begins with / run as a slash command',
    flagOnly: true,
    ofOneRun: true,
    remote: { not: 'a gateway takes prompts literally' },
  },
  stdinTimeout: {
    name: 'stdinTimeout',
    kind: duration,
    flags: '--stdin-timeout <DURATION>',
    group: 'Prompt',
    help: 'stop waiting for stdin after that long; what was piped in by then is used, as from a tail -f that never ends',
    project: 'lower',
    ofOneRun: true,
  },
} as const satisfies FieldTable;
