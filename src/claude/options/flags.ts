/** How an option of claude is given. */
export type FlagKind =
  /** present or absent */
  | 'boolean'
  /** one value */
  | 'value'
  /** one value that may be left out */
  | 'optional'
  /** any number of values, until the next flag */
  | 'list'
  /** the same, and claude itself splits each at commas and spaces */
  | 'tools'
  /** one value, and the flag may be repeated */
  | 'repeated'
  /** JSON or a file's path; JSON never goes on the command line, where `ps` shows it */
  | 'json'
  /** any number of those */
  | 'jsons';

/** An option of `claude` that has the same name in sluice. */
export interface Flag {
  /** Its name in {@link ClaudeOptions} and in configuration files. */
  readonly name: string;
  readonly flag: `--${string}`;
  /** Other spellings that claude accepts. */
  readonly aliases?: readonly string[];
  readonly kind: FlagKind;
  /** What its value is called in help. */
  readonly value?: string;
  readonly help: string;
  readonly group: 'Model' | 'Permissions and tools' | 'Session' | 'Context and extensions';
  readonly choices?: readonly string[];
}

/** Every option of `claude --help` that matters to a headless run, and the hidden ones that users rely on. */
export const FLAGS = [
  flag('model', 'value', 'Model', 'model, by alias or full name', 'NAME'),
  flag('fallbackModel', 'value', 'Model', 'models to fall back to when that one is overloaded', 'NAMES'),
  flag('effort', 'value', 'Model', 'how hard to think: low, medium, high, xhigh, max', 'LEVEL'),
  flag('maxTurns', 'value', 'Model', 'stop after that many turns', 'N'),
  flag('maxBudgetUsd', 'value', 'Model', 'stop when that much is spent, in dollars', 'AMOUNT'),
  flag('systemPrompt', 'value', 'Model', 'replace the system prompt', 'TEXT'),
  flag('systemPromptFile', 'value', 'Model', 'replace the system prompt by a file', 'PATH'),
  flag('appendSystemPrompt', 'value', 'Model', 'add to the system prompt', 'TEXT'),
  flag('appendSystemPromptFile', 'value', 'Model', 'add a file to the system prompt', 'PATH'),
  flag(
    'systemPromptSnapshot',
    'value',
    'Model',
    'whether a conversation keeps its first system prompt: on, off',
    'ON|OFF',
  ),
  flag('autocompact', 'value', 'Model', 'when to compact: auto, or a number of tokens', 'AUTO|TOKENS'),
  flag(
    'excludeDynamicSystemPromptSections',
    'boolean',
    'Model',
    'keep what differs by machine out of the system prompt',
  ),
  flag('jsonSchema', 'value', 'Model', 'JSON Schema that the answer must meet, as JSON or a file', 'SCHEMA'),
  flag('betas', 'list', 'Model', 'beta headers for API requests', 'NAMES'),

  flag(
    'permissionMode',
    'value',
    'Permissions and tools',
    'acceptEdits, auto, bypassPermissions, default, dontAsk, plan',
    'MODE',
  ),
  flag('permissionPromptTool', 'value', 'Permissions and tools', 'MCP tool that answers permission prompts', 'TOOL'),
  flag('permissionPrompts', 'value', 'Permissions and tools', 'who answers permission prompts: host, none', 'TARGET'),
  {
    ...flag('allowedTools', 'tools', 'Permissions and tools', 'tools that run without asking', 'TOOLS'),
    aliases: ['--allowedTools'],
  },
  {
    ...flag('disallowedTools', 'tools', 'Permissions and tools', 'tools that never run', 'TOOLS'),
    aliases: ['--disallowedTools'],
  },
  flag('tools', 'tools', 'Permissions and tools', 'which built-in tools exist; "" for none', 'TOOLS'),
  flag('addDir', 'list', 'Permissions and tools', 'more directories that tools may use', 'PATHS'),
  flag('restricted', 'boolean', 'Permissions and tools', 'no tools that run code, no settings files'),
  flag('dangerouslySkipPermissions', 'boolean', 'Permissions and tools', 'bypass all permission checks'),
  flag('allowDangerouslySkipPermissions', 'boolean', 'Permissions and tools', 'make bypassing them possible'),

  {
    ...flag('continue', 'boolean', 'Session', 'go on with the newest conversation of this directory'),
    aliases: ['-c'],
  },
  { ...flag('resume', 'value', 'Session', 'go on with a conversation', 'SESSION'), aliases: ['-r'] },
  flag('forkSession', 'boolean', 'Session', 'with --resume or --continue: under a new session id'),
  flag('sessionId', 'value', 'Session', 'use this id for the conversation', 'UUID'),
  { ...flag('name', 'value', 'Session', 'display name of the session', 'NAME'), aliases: ['-n'] },
  flag('noSessionPersistence', 'boolean', 'Session', 'do not save the session'),
  { ...flag('worktree', 'optional', 'Session', 'work in a new git worktree', 'NAME'), aliases: ['-w'] },

  flag('mcpConfig', 'jsons', 'Context and extensions', 'MCP servers, from files or JSON', 'CONFIGS'),
  flag('strictMcpConfig', 'boolean', 'Context and extensions', 'no MCP servers but those'),
  flag('settings', 'json', 'Context and extensions', 'more settings, from a file or JSON', 'FILE|JSON'),
  flag('settingSources', 'value', 'Context and extensions', 'settings to load: user, project, local', 'SOURCES'),
  flag('agents', 'json', 'Context and extensions', 'custom agents, as JSON', 'JSON'),
  flag('agent', 'value', 'Context and extensions', 'agent for the session', 'NAME'),
  flag('pluginDir', 'repeated', 'Context and extensions', 'load plugins from a directory; may be repeated', 'PATH'),
  flag('pluginUrl', 'repeated', 'Context and extensions', 'load plugins from a URL; may be repeated', 'URL'),
  flag('bare', 'boolean', 'Context and extensions', 'no hooks, plugins, memory or CLAUDE.md; API key only'),
  flag('safeMode', 'boolean', 'Context and extensions', 'no customisation at all'),
  flag('disableSlashCommands', 'boolean', 'Context and extensions', 'no skills'),
  flag('includeHookEvents', 'boolean', 'Context and extensions', 'hook events in the stream'),
  flag('includePartialMessages', 'boolean', 'Context and extensions', 'pieces of messages in the stream as they come'),
  flag('forwardSubagentText', 'boolean', 'Context and extensions', "subagents' text in the stream"),
  flag('promptSuggestions', 'optional', 'Context and extensions', 'a suggested next prompt after each turn', 'BOOL'),
  { ...flag('debug', 'optional', 'Context and extensions', "claude's debug mode", 'FILTER'), aliases: ['-d'] },
  flag('debugFile', 'value', 'Context and extensions', "write claude's debug log to a file", 'PATH'),
] as const satisfies readonly Flag[];

/** An option's value as the library takes it. */
interface Values {
  boolean: boolean;
  value: string | number;
  optional: string | boolean;
  list: readonly string[];
  tools: readonly string[];
  repeated: readonly string[];
  json: Json;
  jsons: Json | readonly Json[];
}

/** JSON text, a file's path, or an object. */
type Json = string | Readonly<Record<string, unknown>>;

/** What claude is asked for: its own options, in camelCase. Absent means claude's default. */
export type ClaudeOptions = {
  readonly [Row in (typeof FLAGS)[number] as Row['name']]?: Values[Row['kind']];
};

function flag<const Name extends string, const Kind extends FlagKind>(
  name: Name,
  kind: Kind,
  group: Flag['group'],
  help: string,
  value?: string,
) {
  const spelling: `--${string}` = `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
  return { name, flag: spelling, kind, group, help, ...(value === undefined ? {} : { value }) };
}
