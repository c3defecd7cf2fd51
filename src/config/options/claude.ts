import { type Flag, FLAGS } from '../../claude/options/flags.ts';
import * as values from '../values.ts';
import type { Narrowing, Option } from './option.ts';

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

/** Claude's own options, which have the same names here. */
export const CLAUDE_OPTIONS: readonly Option[] = FLAGS.map(claudeOption);

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
