import { CLAUDE_OPTIONS } from './claude.ts';
import type { Option } from './option.ts';
import { OUTPUT_OPTIONS } from './output.ts';
import { PROMPT_OPTIONS } from './prompt.ts';
import { RUN_OPTIONS } from './running.ts';
import { SECRET_OPTIONS } from './secrets.ts';
import { SERVER_OPTIONS } from './servers.ts';
import { TOKEN_OPTIONS } from './token.ts';

/** Every option, sluice's own first. */
export const OPTIONS: readonly Option[] = [
  ...OUTPUT_OPTIONS,
  ...SECRET_OPTIONS,
  ...PROMPT_OPTIONS,
  ...RUN_OPTIONS,
  ...CLAUDE_OPTIONS,
  ...SERVER_OPTIONS,
  ...TOKEN_OPTIONS,
];
