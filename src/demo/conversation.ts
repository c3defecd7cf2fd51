import { createHash } from 'node:crypto';

/** What one request to the Messages API tells a script: the conversation as the model would see it. */
export interface Conversation {
  readonly model: string;
  /** Whether the reply was asked for as a stream. */
  readonly streamed: boolean;
  /** The system prompt, its blocks joined. */
  readonly system: string;
  /** Names of the tools on offer. */
  readonly tools: readonly string[];
  /** The latest words of a user, without what claude slips in beside them as `<system-reminder>`. */
  readonly prompt: string;
  /** Assistant turns so far. */
  readonly turns: number;
  /** All results of tools so far, the latest last. */
  readonly toolResults: readonly ToolResult[];
  /** How often this very state of the conversation was asked for, this time included; a retry makes it 2. */
  readonly attempt: number;
}

/** A `tool_result` block; its `text` is what there is of text in it. */
export interface ToolResult {
  readonly toolUseId: string;
  readonly text: string;
  readonly isError: boolean;
}

/** Reads the body of a `POST /v1/messages`; whatever is missing or of another shape reads as empty. */
export function readConversation(body: unknown, attempt: number): Conversation {
  const messages = listOf(fieldOf(body, 'messages'));
  const users = messages.filter((message) => fieldOf(message, 'role') === 'user');
  const blocks = users.map((message) => blocksOf(fieldOf(message, 'content')));
  return {
    model: stringOf(fieldOf(body, 'model')),
    streamed: fieldOf(body, 'stream') === true,
    system: textOf(fieldOf(body, 'system')),
    tools: listOf(fieldOf(body, 'tools')).map((tool) => stringOf(fieldOf(tool, 'name'))),
    prompt: blocks.map(ownWords).findLast((words) => words !== '') ?? '',
    turns: messages.filter((message) => fieldOf(message, 'role') === 'assistant').length,
    toolResults: blocks
      .flat()
      .filter((block) => fieldOf(block, 'type') === 'tool_result')
      .map(readToolResult),
    attempt,
  };
}

/**
 * Tells conversations apart and recognises a repeated request. Cache marks move from one request to the next, so
 * they do not count.
 */
export function fingerprint(body: unknown): string {
  const messages = JSON.stringify(fieldOf(body, 'messages') ?? null, (key, value: unknown) =>
    key === 'cache_control' ? undefined : value,
  );
  return createHash('sha256').update(messages).digest('base64');
}

/**
 * The answer to a request that claude makes beside the conversation, or undefined for the conversation itself: a
 * probe of the quota (`max_tokens: 1`), or a title (a JSON schema in `output_config`, and no tools; a run's own
 * `--json-schema` comes as a tool instead).
 */
export function sideAnswer(body: unknown): string | undefined {
  if (fieldOf(body, 'max_tokens') === 1) return '.';
  const schema = fieldOf(fieldOf(fieldOf(body, 'output_config'), 'format'), 'schema');
  if (schema === undefined || listOf(fieldOf(body, 'tools')).length > 0) return undefined;
  const names = listOf(fieldOf(schema, 'required')).map(stringOf);
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, 'A run of sluice'])));
}

/** Whether the body can be a request for a message at all. */
export function isMessagesRequest(body: unknown): boolean {
  return listOf(fieldOf(body, 'messages')).length > 0;
}

function readToolResult(block: unknown): ToolResult {
  return {
    toolUseId: stringOf(fieldOf(block, 'tool_use_id')),
    text: textOf(fieldOf(block, 'content')),
    isError: fieldOf(block, 'is_error') === true,
  };
}

function ownWords(blocks: readonly unknown[]): string {
  return blocks
    .map((block) => stringOf(fieldOf(block, 'text')))
    .filter((words) => words !== '' && !words.startsWith('<system-reminder>'))
    .join('\n');
}

/** Content comes as a string or as blocks; a string is one text block. */
function blocksOf(content: unknown): readonly unknown[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content);
}

function textOf(content: unknown): string {
  return blocksOf(content)
    .map((block) => stringOf(fieldOf(block, 'text')))
    .join('\n');
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
