import type { FieldTable } from '../field.ts';
import { valuesOf } from '../kinds/kind.ts';
import { parseToolNames, texts, tools, variables } from '../kinds/lists.ts';
import { boolean, choice } from '../kinds/texts.ts';
import { isCoveredBy } from '../narrowing/tool-rule.ts';

const group = 'Permissions and tools';

/** The permission modes of claude. `manual` is what 2.1.332 calls `default`; it takes either, 2.1.197 only that. */
export const PERMISSION_MODES = [
  'acceptEdits',
  'auto',
  'bypassPermissions',
  'default',
  'dontAsk',
  'manual',
  'plan',
] as const;

export type PermissionMode = (typeof PERMISSION_MODES)[number];

const permissionMode = choice(PERMISSION_MODES);

/** A list of tools in which an empty text does not stand for none. */
const namedTools = valuesOf<readonly string[]>({ type: 'array', items: { type: 'string', minLength: 1 } });

/** What claude may do. */
export const PERMISSIONS = {
  /** How permission for tools is given; default: claude's own, which is `default`. */
  permissionMode: {
    name: 'permissionMode',
    kind: permissionMode,
    flags: '--permission-mode <MODE>',
    group,
    help: `permission mode, such as plan or acceptEdits; one of ${PERMISSION_MODES.join(', ')}`,
    claude: 'value',
    synonyms: new Map([['manual', 'default']]),
    environment: { name: 'CLAUDE_CODE_DEFAULT_PERMISSION_MODE', parse: permissionMode.parse },
    project: { narrowestFirst: ['plan', 'dontAsk'] },
    caller: { help: 'How tools are permitted; plan changes nothing.', narrowing: 'restrict' },
  },
  /** Tools and rules, such as `Read` and `Bash(git log:*)`, that run without asking; default: none. */
  allowedTools: {
    name: 'allowedTools',
    kind: tools,
    flags: '--allowedTools, --allowed-tools <TOOLS...>',
    group,
    help: 'tools that run without asking; or rules such as Bash(git log:*)',
    claude: 'joined',
    environment: { name: 'CLAUDE_CODE_ALLOWED_TOOLS', parse: parseToolNames },
    caller: {
      help: 'Tools that may run, such as Read or Bash(git log:*), out of those the server allows; default: all of those.',
      values: namedTools,
      narrowing: { coveredBy: isCoveredBy },
    },
  },
  /** Tools and rules that never run; default: none. */
  disallowedTools: {
    name: 'disallowedTools',
    kind: tools,
    flags: '--disallowedTools, --disallowed-tools <TOOLS...>',
    group,
    help: 'tools that never run',
    claude: 'joined',
    project: 'add',
    caller: { help: 'Tools that must not run.', values: namedTools, narrowing: 'add' },
  },
  /** Which built-in tools exist; an empty list for none. Default: claude's own. */
  tools: {
    name: 'tools',
    kind: tools,
    flags: '--tools <TOOLS...>',
    group,
    help: 'which built-in tools exist, "" for none',
    claude: 'joined',
    project: 'restrict',
  },
  /** More directories that tools may use; default: none. */
  addDir: {
    name: 'addDir',
    kind: texts,
    flags: '--add-dir <PATHS...>',
    group,
    help: 'more directories that tools may use',
    claude: 'each',
    paths: true,
    unserved: 'the folders that queries may work in are named by --root',
  },
  /** No tools that run code, no settings files; default: false. */
  restricted: {
    name: 'restricted',
    kind: boolean,
    flags: '--restricted',
    group,
    help: 'no tools that run code, no settings files',
    claude: 'flag',
    project: 'on',
  },
  /**
   * Keeps secrets out of the environment of what claude starts: commands, hooks, MCP servers. Which variables hold one is
   * told by their names and by what the redactor knows. Default: false, tools get what claude gets.
   */
  scrubToolEnv: {
    name: 'scrubToolEnv',
    kind: boolean,
    flags: '--scrub-tool-env',
    group,
    help: 'start tools, hooks and MCP servers without the secrets of the environment, and tell which were kept from them',
    project: 'on',
  },
  /** Variables that tools get all the same; default: none. */
  keepToolEnv: {
    name: 'keepToolEnv',
    kind: variables,
    flags: '--keep-tool-env <NAMES>',
    group,
    help: 'variables that tools get all the same, with --scrub-tool-env',
    repeated: true,
  },
  /** Bypasses all permission checks; default: false. */
  dangerouslySkipPermissions: {
    name: 'dangerouslySkipPermissions',
    kind: boolean,
    flags: '--dangerously-skip-permissions',
    group,
    help: 'bypass all permission checks',
    claude: 'flag',
  },
  /** Makes bypassing them possible; default: false. */
  allowDangerouslySkipPermissions: {
    name: 'allowDangerouslySkipPermissions',
    kind: boolean,
    flags: '--allow-dangerously-skip-permissions',
    group,
    help: 'make it possible to bypass permission checks, without doing so yet',
    claude: 'flag',
  },
} as const satisfies FieldTable;
