import { MAX_PROMPT, PROMPT_LIMIT } from '../../limits.ts';
import type { FieldTable } from '../field.ts';
import { sizeUpTo } from '../kinds/sizes.ts';
import { boolean } from '../kinds/texts.ts';

/** What goes to claude besides its options. */
export const PROMPT = {
  /** The largest prompt that is sent, attachments included, in bytes; default: 10 MiB, at most 64 MiB. */
  maxPrompt: {
    name: 'maxPrompt',
    kind: sizeUpTo(MAX_PROMPT),
    flags: '--max-prompt <SIZE>',
    group: 'Prompt',
    help: 'refuse larger prompts before anything is spent; at most 64MiB',
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
