import type { Evidence } from '../../../src/outcome/evidence.ts';
import { foldFacts } from '../../../src/outcome/facts.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import type { Message, SluiceMessage } from '../../../src/messages/types.ts';

/** A message as on the wire, or one of our own. */
export type Raw = Readonly<Record<string, unknown>> & { readonly type: string };

export const SESSION = 'e3c9e254-0f2e-4662-8047-6183c453dab1';

export const init = (fields: object = {}): Raw => ({
  type: 'system',
  subtype: 'init',
  session_id: SESSION,
  cwd: '/workspace',
  model: 'claude-opus-4-8',
  tools: ['Bash', 'Read'],
  permissionMode: 'default',
  ...fields,
});

export const result = (fields: object = {}): Raw => ({
  type: 'result',
  subtype: 'success',
  is_error: false,
  num_turns: 1,
  result: 'All is well.',
  session_id: SESSION,
  ...fields,
});

export const assistant = (content: readonly object[] | string, fields: object = {}, message: object = {}): Raw => ({
  type: 'assistant',
  message: {
    id: 'm1',
    model: 'claude-opus-4-8',
    content: typeof content === 'string' ? [{ type: 'text', text: content }] : content,
    ...message,
  },
  parent_tool_use_id: null,
  session_id: SESSION,
  ...fields,
});

export const user = (content: readonly object[] | string, fields: object = {}): Raw => ({
  type: 'user',
  message: { role: 'user', content },
  parent_tool_use_id: null,
  session_id: SESSION,
  ...fields,
});

export const toolUse = (id: string, name: string): object => ({ type: 'tool_use', id, name, input: {} });

export const toolResult = (id: string, isError = false): object => ({
  type: 'tool_result',
  tool_use_id: id,
  content: 'x',
  is_error: isError,
});

export const system = (subtype: string, fields: object = {}): Raw => ({
  type: 'system',
  subtype,
  session_id: SESSION,
  ...fields,
});

/** A line that could not be read. */
export const badLine = (code: 'torn_line' | 'not_json' | 'damaged_line'): SluiceMessage => ({
  type: 'sluice',
  subtype: 'warning',
  code,
  text: 'a bad line',
  line: '{"type":',
});

/** One of claude's own retries of an API call. */
export const apiRetry = (fields: object = {}): Raw =>
  system('api_retry', {
    attempt: 1,
    max_retries: 10,
    retry_delay_ms: 517.2,
    error_status: 529,
    error: 'overloaded',
    ...fields,
  });

/** What sluice says when it starts the run again. */
export const rerun = (attempt: number, fields: object = {}): SluiceMessage => ({
  type: 'sluice',
  subtype: 'notice',
  code: 'retry',
  text: 'the run starts again',
  retry: { by: 'sluice', attempt, maxRetries: 10, delayMs: 1100, status: 529, error: 'overloaded', ...fields },
});

/** The facts of a stream. */
export function factsOf(messages: readonly (Raw | SluiceMessage)[]): Evidence['facts'] {
  const fold = foldFacts();
  for (const message of messages) fold.see(asMessage(message));
  return fold.facts();
}

function asMessage(message: Raw | SluiceMessage): Message {
  return isOurs(message) ? message : recognise(message);
}

function isOurs(message: Raw | SluiceMessage): message is SluiceMessage {
  return message.type === 'sluice';
}

/** A whole run that exited with 0, but for what is given. */
export function evidence(
  messages: readonly (Raw | SluiceMessage)[],
  known: Partial<Omit<Evidence, 'facts'>> = {},
): Evidence {
  return {
    facts: factsOf(messages),
    exit: { code: 0, signal: null },
    stderr: '',
    stoppedBy: null,
    fault: null,
    asked: { schema: false, failOn: [] },
    endedAt: Date.parse('2026-11-21T03:00:00Z'),
    ...known,
  };
}
