import type { FieldTable } from '../field.ts';
import { json, jsons } from '../kinds/json.ts';
import { names, texts } from '../kinds/lists.ts';
import { boolean, name, optional, text } from '../kinds/texts.ts';

const group = 'Context and extensions';

/** What claude knows and has besides its own: servers, settings, agents, plugins; and what it tells. */
export const EXTENSIONS = {
  /** MCP servers, as an object, JSON or a file's path, or several of those; default: those that claude finds. */
  mcpConfig: {
    name: 'mcpConfig',
    kind: jsons,
    flags: '--mcp-config <CONFIGS...>',
    group,
    help: 'MCP servers, from files or JSON',
    claude: 'json',
    paths: true,
    mustExist: true,
  },
  /** No MCP servers but those of `mcpConfig`; default: false. */
  strictMcpConfig: {
    name: 'strictMcpConfig',
    kind: boolean,
    flags: '--strict-mcp-config',
    group,
    help: 'use no MCP servers but those of --mcp-config',
    claude: 'flag',
    project: 'on',
  },
  /** MCP servers that have to be there, by name, or `all` that claude knows of; else the run ends before it costs anything. Default: none. */
  requireMcp: {
    name: 'requireMcp',
    kind: names,
    flags: '--require-mcp <NAMES>',
    group,
    help: 'end the run, with exit code 7, before it costs anything when one of these MCP servers is not there; all is each one',
    project: 'add',
  },
  /** More settings, as an object, JSON or a file's path; default: none. */
  settings: {
    name: 'settings',
    kind: json,
    flags: '--settings <FILE|JSON>',
    group,
    help: 'more settings, from a file or JSON',
    claude: 'json',
    paths: true,
  },
  /** Settings files to load: `user`, `project`, `local`, with commas between them; default: all. */
  settingSources: {
    name: 'settingSources',
    kind: text,
    flags: '--setting-sources <SOURCES>',
    group,
    help: 'settings to load: user, project, local',
    claude: 'value',
  },
  /** Custom agents, as an object, JSON or a file's path; default: those that claude finds. */
  agents: {
    name: 'agents',
    kind: json,
    flags: '--agents <JSON>',
    group,
    help: 'custom agents, as JSON',
    // 2.1.197 reads no file for it, and its JSON is not for the command line.
    claude: 'stdin',
    paths: true,
    mustExist: true,
  },
  /** The agent for the session; default: none. */
  agent: { name: 'agent', kind: name, flags: '--agent <NAME>', group, help: 'agent for the session', claude: 'value' },
  /** Directories to load plugins from; default: none. */
  pluginDir: {
    name: 'pluginDir',
    kind: texts,
    flags: '--plugin-dir <PATH>',
    group,
    help: 'load plugins from a directory; may be repeated',
    claude: 'each',
    repeated: true,
    paths: true,
    mustExist: true,
  },
  /** URLs to load plugins from; default: none. */
  pluginUrl: {
    name: 'pluginUrl',
    kind: texts,
    flags: '--plugin-url <URL>',
    group,
    help: 'load plugins from a URL; may be repeated',
    claude: 'each',
    repeated: true,
  },
  /** No hooks, plugins, memory or CLAUDE.md; API key only. Default: false. */
  bare: {
    name: 'bare',
    kind: boolean,
    flags: '--bare',
    group,
    help: 'no hooks, plugins, memory or CLAUDE.md; API key only',
    claude: 'flag',
  },
  /** No customisation at all; default: false. */
  safeMode: {
    name: 'safeMode',
    kind: boolean,
    flags: '--safe-mode',
    group,
    help: 'no customisation at all',
    claude: 'flag',
    project: 'on',
  },
  /** No skills; default: false. */
  disableSlashCommands: {
    name: 'disableSlashCommands',
    kind: boolean,
    flags: '--disable-slash-commands',
    group,
    help: 'no skills',
    claude: 'flag',
    project: 'on',
  },
  /** Hook events among the messages; default: false. */
  includeHookEvents: {
    name: 'includeHookEvents',
    kind: boolean,
    flags: '--include-hook-events',
    group,
    help: 'hook events in the stream',
    claude: 'flag',
  },
  /** Pieces of messages as they come; default: false. */
  includePartialMessages: {
    name: 'includePartialMessages',
    kind: boolean,
    flags: '--include-partial-messages',
    group,
    help: 'pieces of messages in the stream as they come',
    claude: 'flag',
    remote: 'here',
  },
  /** Subagents' text among the messages; default: false. */
  forwardSubagentText: {
    name: 'forwardSubagentText',
    kind: boolean,
    flags: '--forward-subagent-text',
    group,
    help: "subagents' text in the stream",
    claude: 'flag',
  },
  /** A suggested next prompt after each turn; default: claude's own. */
  promptSuggestions: {
    name: 'promptSuggestions',
    kind: optional,
    flags: '--prompt-suggestions [BOOL]',
    group,
    help: 'a suggested next prompt after each turn',
    claude: 'flag or value',
  },
  /** Claude's debug mode, for all or for what a filter names; default: false. */
  debug: {
    name: 'debug',
    kind: optional,
    flags: '-d, --debug [FILTER]',
    group,
    help: "claude's debug mode",
    claude: 'flag or value',
  },
  /** A file for claude's debug log; default: none. */
  debugFile: {
    name: 'debugFile',
    kind: name,
    flags: '--debug-file <PATH>',
    group,
    help: "write claude's debug log to a file",
    claude: 'value',
    paths: true,
  },
} as const satisfies FieldTable;
