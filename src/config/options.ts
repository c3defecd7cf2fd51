import { type Flag, FLAGS } from '../claude/options/flags.ts';
import { MAX_CHARS, MAX_MESSAGES, PROMPT_LIMIT } from '../limits.ts';
import { formatSecretPattern, parseAllowedPatterns, parseSecretPatterns } from './secret-patterns.ts';
import * as values from './values.ts';

/** What a project's file may do to an option: it is untrusted, so it narrows or it is refused. */
export type Narrowing =
  /** any value does no harm */
  | 'harmless'
  /** the smaller of its value and the one below it counts */
  | 'lower'
  /** the same, where nothing below it means this much */
  | { readonly atMost: number }
  /** it adds to the list below it */
  | 'add'
  /** only what is in the list below it too, if there is one */
  | 'restrict'
  /** only true */
  | 'on'
  /** only these values, and none that stands further down than what lies below */
  | { readonly narrowestFirst: readonly string[] };

/** One option of sluice: the single place that knows its names, its meaning and its default. */
export interface Option {
  /** Its key in configuration files and in the resolved options. */
  readonly name: string;
  /** The flag, and other spellings of it, as commander writes them. */
  readonly flags: string;
  readonly group: string;
  readonly help: string;
  readonly parse: values.Parse;
  /** How a value, or each one of a list, is shown, so that it can be typed again; default: as it is. */
  readonly show?: (value: never) => string;
  readonly default?: unknown;
  /** Environment variables besides `SLUICE_*`, with their own way to be read. */
  readonly environment?: { readonly name: string; readonly parse: values.Parse };
  /** Absent: a project file may not set it. */
  readonly project?: Narrowing;
  /** The flag may be given more than once; each gives one value of the list. */
  readonly repeated?: true;
  /** Every layer adds to the list: none takes the place of another. */
  readonly accumulates?: true;
  /** A file may have an object in place of a list of `KEY=VALUE`. */
  readonly keyed?: true;
  /** Its values are paths; in a file, relative ones count from its folder. */
  readonly paths?: true;
  /** Its values are secrets themselves, or were ones: they are never shown. */
  readonly sensitive?: true;
  /** Only on the command line: it makes no sense as a lasting setting. */
  readonly flagOnly?: true;
}

export const OUTPUT_FORMATS = ['pretty', 'text', 'json', 'ndjson', 'stream-json'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

const PERMISSION_MODES = ['acceptEdits', 'auto', 'bypassPermissions', 'default', 'dontAsk', 'manual', 'plan'];

/** Narrowing for those of claude's own options that a project file may set. */
const CLAUDE_NARROWING: Readonly<Record<string, Narrowing>> = {
  model: 'harmless',
  effort: 'harmless',
  maxTurns: 'lower',
  maxBudgetUsd: 'lower',
  permissionMode: { narrowestFirst: ['plan', 'dontAsk'] },
  disallowedTools: 'add',
  tools: 'restrict',
  strictMcpConfig: 'on',
  restricted: 'on',
  safeMode: 'on',
  noSessionPersistence: 'on',
  disableSlashCommands: 'on',
};

/** Options of claude whose values sluice checks itself: claude lets a bad one pass, or fails late. */
const CLAUDE_PARSERS: Readonly<Record<string, values.Parse>> = {
  // Claude takes 0, and on 2.1.197 a word, for no limit at all.
  maxTurns: values.parsePositive,
  maxBudgetUsd: values.parseAmount,
  permissionMode: values.parseChoice(PERMISSION_MODES),
  jsonSchema: values.parseJson,
  sessionId: parseUuid,
};

const FIXED_NAMES: Readonly<Record<string, Option['environment']>> = {
  permissionMode: { name: 'CLAUDE_CODE_DEFAULT_PERMISSION_MODE', parse: values.parseChoice(PERMISSION_MODES) },
  allowedTools: { name: 'CLAUDE_CODE_ALLOWED_TOOLS', parse: parseToolNames },
};

const OWN: readonly Option[] = [
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
  {
    name: 'noRedact',
    flags: '--no-redact',
    group: 'Secrets',
    help: 'let secrets through, on the way in and on the way out',
    parse: values.parseBoolean,
  },
  {
    name: 'redactInput',
    flags: '--redact-input',
    group: 'Secrets',
    help: 'mask secrets in piped and attached text before the model sees them',
    parse: values.parseBoolean,
    default: true,
    project: 'on',
  },
  {
    name: 'secretEnv',
    flags: '--secret-env <NAMES>',
    group: 'Secrets',
    help: 'variables whose values are secrets, whatever they look like; may be repeated, as all of these may',
    parse: values.parseVariables,
    project: 'add',
    repeated: true,
    accumulates: true,
  },
  {
    name: 'secretFiles',
    flags: '--secret-file <FILE>',
    group: 'Secrets',
    help: 'a file of secrets to mask, one a line',
    parse: values.parseLines,
    project: 'add',
    repeated: true,
    accumulates: true,
    paths: true,
  },
  {
    name: 'secretPatterns',
    flags: '--secret-pattern <KIND=REGEX>',
    group: 'Secrets',
    help: 'mask what a regular expression matches, as a kind of your own',
    parse: parseSecretPatterns,
    show: formatSecretPattern,
    project: 'add',
    repeated: true,
    accumulates: true,
    keyed: true,
  },
  {
    name: 'allowSecretKinds',
    flags: '--allow-secret-kind <KINDS>',
    group: 'Secrets',
    help: 'let this kind through; "sluice redact --list-kinds" names them all',
    parse: values.parseNames,
    repeated: true,
  },
  {
    name: 'allowSecretValues',
    flags: '--allow-secret-value <VALUE>',
    group: 'Secrets',
    help: 'a value that looks like a secret and is none',
    parse: values.parseLines,
    repeated: true,
    sensitive: true,
  },
  {
    name: 'allowSecretPatterns',
    flags: '--allow-secret-pattern <REGEX>',
    group: 'Secrets',
    help: 'let through what a regular expression matches from end to end',
    parse: parseAllowedPatterns,
    repeated: true,
  },
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
  {
    name: 'cwd',
    flags: '--cwd <PATH>',
    group: 'Run',
    help: 'work in another directory',
    parse: values.parseName,
    environment: { name: 'CLAUDE_CODE_DEFAULT_CWD', parse: values.parseName },
  },
  {
    name: 'timeout',
    flags: '--timeout <DURATION>',
    group: 'Run',
    help: 'end the run after that long; what was there by then is kept',
    parse: values.parseDuration,
    show: values.formatDuration,
    environment: { name: 'CLAUDE_CODE_MAX_EXECUTION_TIME', parse: values.parseMilliseconds },
    project: 'lower',
  },
  {
    name: 'retries',
    flags: '--retries <N>',
    group: 'Run',
    help: 'how often claude may retry a call of the API; its own default is 10, 0 is none',
    parse: values.parseCount,
    // Claude's own.
    project: { atMost: 10 },
  },
  {
    name: 'failOnDenied',
    flags: '--fail-on-denied',
    group: 'Run',
    help: 'exit 7 when a tool was denied',
    parse: values.parseBoolean,
    project: 'on',
  },
  {
    name: 'claudePath',
    flags: '--claude <PATH>',
    group: 'Run',
    help: 'the claude to run; default: the first on PATH, then one installed beside sluice',
    parse: values.parseName,
  },
];

/** Every option, sluice's own first. */
export const OPTIONS: readonly Option[] = [...OWN, ...FLAGS.map(claudeOption)];

function claudeOption(row: Flag): Option {
  const short = row.aliases?.[0];
  const project = CLAUDE_NARROWING[row.name];
  const environment = FIXED_NAMES[row.name];
  return {
    name: row.name,
    flags: `${short === undefined ? '' : `${short}, `}${row.flag}${placeholderOf(row)}`,
    group: row.group,
    help: row.help,
    parse: CLAUDE_PARSERS[row.name] ?? parserOf(row),
    ...(row.kind === 'repeated' ? { repeated: true } : {}),
    ...(environment === undefined ? {} : { environment }),
    ...(project === undefined ? {} : { project }),
  };
}

function placeholderOf({ kind, value = 'VALUE' }: Flag): string {
  switch (kind) {
    case 'boolean':
      return '';
    case 'optional':
      return ` [${value}]`;
    case 'list':
    case 'tools':
    case 'jsons':
      return ` <${value}...>`;
    case 'value':
    case 'repeated':
    case 'json':
      return ` <${value}>`;
    default:
      return kind satisfies never;
  }
}

function parserOf({ kind }: Flag): values.Parse {
  switch (kind) {
    case 'boolean':
      return values.parseBoolean;
    case 'optional':
      return values.parseOptional;
    case 'value':
      return values.parseText;
    case 'list':
    case 'repeated':
      return values.parseList;
    case 'tools':
      return values.parseToolList;
    case 'json':
      return values.parseJson;
    case 'jsons':
      return (value) => (Array.isArray(value) ? value.map(values.parseJson) : values.parseJson(value));
    default:
      return kind satisfies never;
  }
}

function parseUuid(value: unknown): string {
  const text = values.parseText(value);
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) throw new Error('a UUID');
  return text;
}

/** Tool names in any case: `read` is `Read`. Names that claude does not have stay as they are. */
function parseToolNames(value: unknown): string[] {
  return values
    .parseToolList(value)
    .map((rule) => rule.replace(/^\w+/, (name) => TOOLS.get(name.toLowerCase()) ?? name));
}

const TOOLS = new Map(
  'Agent Bash Edit Glob Grep LS MultiEdit NotebookEdit NotebookRead Read Skill Task TodoWrite WebFetch WebSearch Write'
    .split(' ')
    .map((name) => [name.toLowerCase(), name]),
);
