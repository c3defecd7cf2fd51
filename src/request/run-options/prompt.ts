import { MAX_PROMPT } from '../../limits.ts';
import type { FieldTable } from '../field.ts';
import { budget } from '../kinds/text-budgets.ts';
import { sizeUpTo } from '../kinds/sizes.ts';
import { boolean } from '../kinds/texts.ts';

/** Bytes of a prompt in all, 10 MiB: 2.1.197 refuses more on a plain stdin. */
export const PROMPT_LIMIT = 10 * 1024 * 1024;

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
    remote: 'here',
  },
  /**
   * The most characters (UTF-16 units) of piped or attached text that are sent as they are; a longer one is condensed.
   * Default: 200,000, some 90,000 tokens of a log, under half of what a model takes.
   */
  inputBudget: {
    name: 'inputBudget',
    kind: budget,
    flags: '--input-budget <SIZE>',
    group: 'Prompt',
    help: 'condense piped or attached text that has more characters, such as 200k, or tokens, such as 90ktok',
    default: 200_000,
    project: 'lower',
    heededBy: ['condense'],
    remote: 'here',
  },
  /** Sends piped and attached text whole, however long it is; default: no. */
  rawInput: {
    name: 'rawInput',
    kind: boolean,
    flags: '--raw-input',
    group: 'Prompt',
    help: 'send piped and attached text whole, however long it is',
    remote: 'here',
  },
  /** Keeps the whole of a text that is condensed, redacted, in a file that the model may read while it runs; default: no. */
  spill: {
    name: 'spill',
    kind: boolean,
    flags: '--spill',
    group: 'Prompt',
    help: 'let the model read the whole of what is condensed, in a file of the run',
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
    remote: 'here',
  },
} as const satisfies FieldTable;
