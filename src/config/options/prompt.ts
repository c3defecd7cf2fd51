import { PROMPT_LIMIT } from '../../limits.ts';
import * as values from '../values.ts';
import type { Option } from './option.ts';

/** What claude is asked. */
export const PROMPT_OPTIONS: readonly Option[] = [
  {
    name: 'file',
    flags: '--file <PATHS...>',
    group: 'Prompt',
    help: 'attach files, each named and fenced off',
    parse: values.parseList,
    flagOnly: true,
  },
  {
    name: 'promptFile',
    flags: '--prompt-file <PATH>',
    group: 'Prompt',
    help: 'read the prompt from a file',
    parse: values.parseName,
    flagOnly: true,
  },
  {
    name: 'slash',
    flags: '--slash',
    group: 'Prompt',
    help: 'let a prompt that begins with / be a slash command',
    parse: values.parseBoolean,
    flagOnly: true,
  },
  {
    name: 'maxPrompt',
    flags: '--max-prompt <SIZE>',
    group: 'Prompt',
    help: 'refuse larger prompts before anything is spent',
    parse: values.parseSize,
    show: values.formatSize,
    default: PROMPT_LIMIT,
    project: 'lower',
  },
];
