import { recognise } from '../../../../src/messages/recognise.ts';
import type { Message, RunEvent } from '../../../../src/messages/types.ts';
import type { Terminal } from '../../../../src/sinks/output.ts';
import type { Ending } from '../../../../src/sinks/sink.ts';

const START = Date.parse('2026-11-21T05:30:00.000Z');

/** A message as on the wire. */
export type Raw = { readonly type: string; readonly [field: string]: unknown };

/** A message, or so many milliseconds that pass. */
export type Step = Raw | number;

/** Events as a run would give them, 100 ms apart and more where a number says so. */
export function eventsOf(messages: readonly Step[]): RunEvent[] {
  let at = START;
  let sequence = 0;
  return messages.flatMap((message) => {
    at += typeof message === 'number' ? message : 100;
    if (typeof message === 'number') return [];
    return [eventOf(recognise(message), ++sequence, at)];
  });
}

function eventOf(message: Message, sequence: number, at: number): RunEvent {
  const timestamp = new Date(at).toISOString();
  return { sequence, timestamp, sessionId: SESSION, message, redactions: 0, truncated: false };
}

const SESSION = 'e3c9e254-0f2e-4662-8047-6183c453dab1';

export const init = (fields: object = {}): Raw => ({
  type: 'system',
  subtype: 'init',
  session_id: SESSION,
  cwd: '/workspace',
  model: 'claude-opus-5-5',
  tools: ['Bash', 'Read'],
  permissionMode: 'default',
  claude_code_version: '2.1.329',
  ...fields,
});

export const says = (text: string, id = 'msg_1', parent: string | null = null): Raw =>
  answer([{ type: 'text', text }], id, parent);

export const thinks = (thinking: string, id = 'msg_1'): Raw => answer([{ type: 'thinking', thinking }], id, null);

export const calls = (id: string, name: string, input: object, parent: string | null = null): Raw =>
  answer([{ type: 'tool_use', id, name, input }], 'msg_1', parent);

/** A message of the model with these blocks. */
export const assistant = (...blocks: readonly object[]): Raw => answer(blocks, 'msg_1', null);

function answer(content: readonly object[], id: string, parent: string | null): Raw {
  return { type: 'assistant', message: { id, model: 'claude-opus-5-5', content }, parent_tool_use_id: parent };
}

export const returns = (id: string, content: unknown, isError = false, parent: string | null = null): Raw => ({
  type: 'user',
  message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content, is_error: isError }] },
  parent_tool_use_id: parent,
});

export const system = (subtype: string, fields: object = {}): Raw => ({ type: 'system', subtype, ...fields });

/** The partial messages of one text, in the given pieces, without the whole message that ends them. */
export const streams = (pieces: readonly string[], id = 'msg_1', kind: 'text' | 'thinking' = 'text'): Raw[] => [
  partial({ type: 'message_start', message: { id } }),
  partial({ type: 'content_block_start', index: 0, content_block: { type: kind, [kind]: '' } }),
  ...pieces.map((piece) =>
    partial({ type: 'content_block_delta', index: 0, delta: { type: `${kind}_delta`, [kind]: piece } }),
  ),
];

export const partial = (event: object): Raw => ({ type: 'stream_event', event, parent_tool_use_id: null });

/** A terminal that remembers what was written to it. */
export function fakeTerminal(columns: number, { isTTY = true, colorLevel = 0 }: Partial<Terminal> = {}) {
  const written: string[] = [];
  const terminal: Terminal = {
    isTTY,
    colorLevel,
    columns: () => columns,
    write: (text) => {
      written.push(text);
    },
  };
  return { terminal, written, text: () => written.join('') };
}

/** How a run ended; a success unless the fields say otherwise. */
export function endingOf(fields: Partial<Omit<Ending, 'report'>> = {}, report: Partial<Ending['report']> = {}): Ending {
  const outcome: Ending['report']['outcome'] = {
    class: 'success',
    exitCode: 0,
    retryable: false,
    message: 'done',
    warnings: [],
    evidence: {
      exitCode: 0,
      signal: null,
      resultSubtype: 'success',
      isError: false,
      apiErrorStatus: null,
      apiError: null,
      terminalReason: null,
      results: 1,
      tornTail: false,
      stoppedBy: null,
    },
  };
  return {
    ...outcome,
    retryAfter: undefined,
    clipped: { strings: 0, characters: 0 },
    ...fields,
    report: {
      schemaVersion: 1,
      runId: '00000000-0000-4000-8000-000000000000',
      sessionId: SESSION,
      startedAt: new Date(START).toISOString(),
      executionTime: 4200,
      partial: false,
      result: { success: true, summary: '' },
      outcome,
      redactions: { total: 0, byKind: {} },
      usage: { inputTokens: 1230, outputTokens: 40, cacheReadInputTokens: 0, cacheCreationInputTokens: 0 },
      totalCostUsd: 0.00224,
      numTurns: 2,
      modelUsage: {},
      tools: [],
      permissionDenials: [],
      claude: {
        version: '2.1.329',
        path: '/usr/bin/claude',
        model: 'claude-opus-5-5',
        cwd: '/workspace',
        permissionMode: 'default',
        apiKeySource: 'ANTHROPIC_API_KEY',
        cpuMs: null,
        peakMemoryBytes: null,
        exit: { code: 0, signal: null },
        stderr: '',
      },
      attempts: [],
      ...report,
    },
  };
}
