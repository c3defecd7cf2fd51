import type { FieldTable } from '../field.ts';
import { json } from '../kinds/json.ts';
import { valuesOf } from '../kinds/kind.ts';
import { texts } from '../kinds/lists.ts';
import { amount, positive } from '../kinds/numbers.ts';
import { boolean, name, openChoice, text } from '../kinds/texts.ts';

const group = 'Model';

/** Names that stand for a model of each time, in claude 2.1. */
const MODEL_ALIASES = ['opus', 'sonnet', 'haiku', 'default', 'best', 'opusplan'] as const;

/** How hard claude 2.1 can be told to think, the least first. */
const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'] as const;

/** Whether the first system prompt is kept. */
const SNAPSHOTS = ['on', 'off'] as const;

/** Which model answers, how much it may think and spend, and what its answer is to look like. */
export const MODEL = {
  /** The model, by alias or full name; default: claude's own. */
  model: {
    name: 'model',
    kind: openChoice(MODEL_ALIASES),
    flags: '--model <NAME>',
    group,
    help: 'model, by alias or full name',
    claude: 'value',
    project: 'harmless',
    caller: { help: 'Model, by alias (sonnet, opus, haiku) or full name.', narrowing: 'restrict' },
  },
  /** Models to fall back to when that one is overloaded, with commas between them; default: none. */
  fallbackModel: {
    name: 'fallbackModel',
    kind: name,
    flags: '--fallback-model <NAMES>',
    group,
    help: 'models to use when that of --model is overloaded',
    claude: 'value',
  },
  /** How hard to think; default: claude's own. */
  effort: {
    name: 'effort',
    kind: openChoice(EFFORTS),
    flags: '--effort <LEVEL>',
    group,
    help: `how hard to think: ${EFFORTS.join(', ')}`,
    claude: 'value',
    project: 'harmless',
  },
  /** Turns of the agent at most, 1 or more; default: no limit. */
  maxTurns: {
    name: 'maxTurns',
    // Claude takes 0, and on 2.1.197 a word, for no limit at all.
    kind: positive,
    flags: '--max-turns <N>',
    group,
    help: 'stop after that many turns',
    claude: 'value',
    project: 'lower',
    caller: {
      help: 'Stop after that many turns of the agent.',
      narrowing: { atMost: 50 },
      most: (turns) => (turns === 1 ? '1 turn' : `${turns} turns`),
    },
  },
  /** Dollars at most, looked at after each turn; default: no limit. */
  maxBudgetUsd: {
    name: 'maxBudgetUsd',
    kind: amount,
    flags: '--max-budget-usd <AMOUNT>',
    group,
    help: 'stop when that much is spent, in US dollars',
    claude: 'value',
    project: 'lower',
    caller: {
      help: 'Stop when that many dollars are spent.',
      narrowing: 'lower',
      most: (dollars) => `$${dollars}`,
    },
  },
  /** Replaces the system prompt; default: claude's own. */
  systemPrompt: {
    name: 'systemPrompt',
    kind: text,
    flags: '--system-prompt <TEXT>',
    group,
    help: 'replace the system prompt',
    claude: 'value',
  },
  /** Replaces the system prompt by a file; default: none. */
  systemPromptFile: {
    name: 'systemPromptFile',
    kind: name,
    flags: '--system-prompt-file <PATH>',
    group,
    help: 'replace the system prompt by a file',
    claude: 'value',
    paths: true,
    mustExist: true,
  },
  /** Adds to the system prompt; default: nothing. */
  appendSystemPrompt: {
    name: 'appendSystemPrompt',
    kind: text,
    flags: '--append-system-prompt <TEXT>',
    group,
    help: 'add to the system prompt',
    claude: 'value',
    caller: { help: 'Text added to the system prompt.', narrowing: 'add' },
  },
  /** Adds a file to the system prompt; default: none. */
  appendSystemPromptFile: {
    name: 'appendSystemPromptFile',
    kind: name,
    flags: '--append-system-prompt-file <PATH>',
    group,
    help: 'add a file to the system prompt',
    claude: 'value',
    paths: true,
    mustExist: true,
  },
  /** Whether a conversation keeps its first system prompt: `on` or `off`; default: claude's own. */
  systemPromptSnapshot: {
    name: 'systemPromptSnapshot',
    kind: openChoice(SNAPSHOTS),
    flags: '--system-prompt-snapshot <ON|OFF>',
    group,
    help: `whether a conversation keeps its first system prompt: ${SNAPSHOTS.join(', ')}`,
    claude: 'value',
  },
  /** When to compact: `auto`, or a number of tokens; default: claude's own. */
  autocompact: {
    name: 'autocompact',
    kind: text,
    flags: '--autocompact <AUTO|TOKENS>',
    group,
    help: 'when to compact: auto, or a number of tokens',
    claude: 'value',
  },
  /** Keeps what differs by machine out of the system prompt; default: false. */
  excludeDynamicSystemPromptSections: {
    name: 'excludeDynamicSystemPromptSections',
    kind: boolean,
    flags: '--exclude-dynamic-system-prompt-sections',
    group,
    help: 'keep what differs by machine out of the system prompt',
    claude: 'flag',
  },
  /**
   * JSON Schema that the answer must meet: an object, JSON, or a file's path; default: none. The answer is in
   * `result.structured`.
   */
  jsonSchema: {
    name: 'jsonSchema',
    kind: json,
    flags: '--json-schema <SCHEMA>',
    group,
    help: 'JSON Schema for the answer; as JSON or a file',
    claude: 'value',
    paths: true,
    caller: {
      help: 'JSON Schema that the answer must meet; the answer is in result.structured then.',
      values: valuesOf<Readonly<Record<string, unknown>>>({ type: 'object' }),
      narrowing: 'harmless',
    },
    unserved: 'a query brings its own',
    heededBy: ['replay'],
  },
  /** Beta headers for API requests; default: none. */
  betas: {
    name: 'betas',
    kind: texts,
    flags: '--betas <NAMES...>',
    group,
    help: 'beta headers for API requests',
    claude: 'each',
  },
} as const satisfies FieldTable;
