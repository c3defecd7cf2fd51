import { PROMPT_LIMIT } from '../../limits.ts';
import type { FieldTable } from '../field.ts';
import { size } from '../kinds/sizes.ts';
import { boolean } from '../kinds/texts.ts';

/** What goes to claude besides its options. */
export const PROMPT = {
  /** The largest prompt that is sent, attachments included, in bytes; default: 10 MiB. */
  maxPrompt: {
    name: 'maxPrompt',
    kind: size,
    flags: '--max-prompt <SIZE>',
    group: 'Prompt',
    help: 'refuse larger prompts before anything is spent',
    default: PROMPT_LIMIT,
    project: 'lower',
  },
  /** Whether secrets in piped text and attachments are masked before the model sees them; default: true. */
  redactInput: {
    name: 'redactInput',
    kind: boolean,
    flags: '--redact-input',
    group: 'Secrets',
    help: 'mask secrets in piped and attached text before the model sees them',
    default: true,
    project: 'on',
  },
} as const satisfies FieldTable;
