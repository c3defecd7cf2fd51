import { MAX_CHARS, MAX_MESSAGES } from '../../limits.ts';
import * as values from '../values.ts';
import type { Option } from './option.ts';

export const OUTPUT_FORMATS = ['pretty', 'text', 'json', 'ndjson', 'stream-json'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** What is printed, and where else it goes. */
export const OUTPUT_OPTIONS: readonly Option[] = [
  {
    name: 'output',
    flags: '-o, --output <FORMAT>',
    group: 'Output',
    help: `${OUTPUT_FORMATS.join(', ')}; default: pretty on a terminal, text elsewhere`,
    parse: values.parseChoice(OUTPUT_FORMATS),
    project: 'harmless',
  },
  {
    name: 'record',
    flags: '--record <FILE>',
    group: 'Output',
    help: 'also write every event to a file as it happens, redacted and whole',
    parse: values.parseName,
  },
  {
    name: 'bundle',
    flags: '--bundle <FILE>',
    group: 'Output',
    help: 'also write the JSON bundle to a file at the end, whatever the ending',
    parse: values.parseName,
  },
  {
    name: 'maxMessages',
    flags: '--max-messages <N>',
    group: 'Output',
    help: 'messages in the bundle, counted from the end',
    parse: values.parseCount,
    default: MAX_MESSAGES,
    project: 'lower',
  },
  {
    name: 'maxChars',
    flags: '--max-chars <SIZE>',
    group: 'Output',
    help: 'characters kept of each string in a message',
    parse: values.parseSize,
    default: MAX_CHARS,
    project: 'lower',
  },
  {
    name: 'full',
    flags: '--full',
    group: 'Output',
    help: 'no limit on messages or characters',
    parse: values.parseBoolean,
  },
  {
    name: 'noSystemMessages',
    flags: '--no-system-messages',
    group: 'Output',
    help: 'leave messages of type system out of the bundle and the screen',
    parse: values.parseBoolean,
    project: 'harmless',
  },
  {
    name: 'showThinking',
    flags: '--show-thinking',
    group: 'Output',
    help: "show the model's thinking",
    parse: values.parseBoolean,
    project: 'harmless',
  },
  {
    name: 'color',
    flags: '--color <WHEN>',
    group: 'Output',
    help: 'auto, always, never',
    parse: values.parseChoice(['auto', 'always', 'never']),
    default: 'auto',
    project: 'harmless',
  },
  {
    name: 'quiet',
    flags: '-q, --quiet',
    group: 'Output',
    help: 'no progress on stderr',
    parse: values.parseBoolean,
    project: 'harmless',
  },
];
