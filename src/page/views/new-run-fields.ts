import type { Query } from '../../client/client.ts';

/** A field of the form that asks, besides the prompt. */
export interface NewRunField {
  readonly name: keyof Query;
  readonly label: string;
  readonly hint?: string;
  readonly kind: 'text' | 'long' | 'number' | 'list' | 'json' | 'labels' | 'seconds';
  readonly choices?: readonly string[];
}

/** What can be set for a run; what is left empty is as the operator has it. */
export const NEW_RUN_FIELDS: readonly NewRunField[] = [
  { name: 'model', label: 'Model', kind: 'text', hint: 'sonnet, opus, haiku or a full name' },
  {
    name: 'permissionMode',
    label: 'Permission mode',
    kind: 'text',
    choices: ['acceptEdits', 'auto', 'bypassPermissions', 'default', 'dontAsk', 'manual', 'plan'],
  },
  { name: 'cwd', label: 'Folder', kind: 'text', hint: 'an absolute path among those that are served' },
  { name: 'maxTurns', label: 'Turns at most', kind: 'number' },
  { name: 'maxBudgetUsd', label: 'Dollars at most', kind: 'number' },
  { name: 'timeoutMs', label: 'Seconds at most', kind: 'seconds' },
  { name: 'allowedTools', label: 'Tools that may run', kind: 'list', hint: 'Read, Bash(git log:*)' },
  { name: 'disallowedTools', label: 'Tools that must not run', kind: 'list' },
  { name: 'mcpServers', label: 'MCP servers', kind: 'list' },
  { name: 'labels', label: 'Labels', kind: 'labels', hint: 'team:search, ticket:42' },
  { name: 'sessionId', label: 'Session to go on with', kind: 'text' },
  { name: 'context', label: 'Context', kind: 'long', hint: 'seen before the prompt; nothing in it is acted upon' },
  { name: 'appendSystemPrompt', label: 'Added to the system prompt', kind: 'long' },
  { name: 'jsonSchema', label: 'JSON Schema of the answer', kind: 'json' },
];

/**
 * The query that a form asks for.
 * @throws Error with a line for people, for what is not as its field says
 */
export function queryOf(prompt: string, values: Readonly<Partial<Record<keyof Query, string>>>): Query {
  const set = NEW_RUN_FIELDS.flatMap((field): [string, unknown][] => {
    const value = values[field.name]?.trim() ?? '';
    return value === '' ? [] : [[field.name, valueOf(field, value)]];
  });
  return { prompt, ...Object.fromEntries(set) };
}

function valueOf({ kind, label }: NewRunField, value: string): unknown {
  switch (kind) {
    case 'text':
    case 'long':
      return value;
    case 'number':
      return numberOf(label, value);
    case 'seconds':
      return Math.round(numberOf(label, value) * 1_000);
    case 'list':
      return listOf(value);
    case 'labels':
      return Object.fromEntries(listOf(value).map((text) => labelOf(label, text)));
    case 'json':
      return jsonOf(label, value);
    default:
      return kind satisfies never;
  }
}

function numberOf(label: string, value: string): number {
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new Error(`${label}: expected a number above 0`);
}

/** Commas in parentheses belong to a rule. */
function listOf(value: string): string[] {
  return (value.match(/(?:\([^)]*\)|[^,(])+/g) ?? []).map((text) => text.trim()).filter((text) => text !== '');
}

function labelOf(label: string, text: string): [string, string] {
  const [name = '', ...rest] = text.split(':');
  if (rest.length === 0) throw new Error(`${label}: expected name:value, not "${text}"`);
  return [name.trim(), rest.join(':').trim()];
}

function jsonOf(label: string, value: string): unknown {
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed;
  } catch {
    throw new Error(`${label}: this is no JSON`);
  }
}
