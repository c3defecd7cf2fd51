import type { FieldTable } from '../field.ts';
import { duration } from '../kinds/durations.ts';
import { name, openChoice } from '../kinds/texts.ts';

const group = 'Permissions and tools';

/** Who can answer permission prompts, in claude 2.1. */
const PROMPT_TARGETS = ['host', 'none'] as const;

/** Who decides about calls of tools that are neither allowed nor denied. */
export const APPROVALS = {
  /** The MCP tool that answers permission prompts; default: none, what would ask is denied. */
  permissionPromptTool: {
    name: 'permissionPromptTool',
    kind: name,
    flags: '--permission-prompt-tool <TOOL>',
    group,
    help: 'MCP tool that answers permission prompts',
    claude: 'value',
  },
  /** Who answers permission prompts: `host` or `none`; default: claude's own. */
  permissionPrompts: {
    name: 'permissionPrompts',
    kind: openChoice(PROMPT_TARGETS),
    flags: '--permission-prompts <TARGET>',
    group,
    help: `who answers permission prompts: ${PROMPT_TARGETS.join(', ')}`,
    claude: 'value',
  },
  /** How long somebody who is asked about a tool may take to answer, in milliseconds; then it is no. Default: 2 minutes. */
  askTimeout: {
    name: 'askTimeout',
    kind: duration,
    flags: '--ask-timeout <DURATION>',
    group,
    help: 'how long an answer about a tool is waited for, with --ask; then it is no',
    default: 2 * 60_000,
    remote: 'here',
  },
} as const satisfies FieldTable;
