import { recognise } from '../../../src/messages/recognise.ts';
import type { Message, RunEvent } from '../../../src/messages/types.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A message as claude would print it. */
export function message(type: string, fields: Fields = {}): Message {
  return recognise({ type, ...fields });
}

/** An event of the Messages API's own stream. */
export function streamEvent(event: Fields, fields: Fields = {}): Message {
  return message('stream_event', { event, parent_tool_use_id: null, session_id: 's1', uuid: 'u1', ...fields });
}

export const PIECES = {
  text: 'text_delta',
  partial_json: 'input_json_delta',
  thinking: 'thinking_delta',
} as const;

export type Piece = keyof typeof PIECES;

/** A piece of a content block. */
export function delta(piece: Piece, text: string, index = 0, parent: string | null = null): Message {
  return streamEvent(
    { type: 'content_block_delta', index, delta: { type: PIECES[piece], [piece]: text } },
    { parent_tool_use_id: parent },
  );
}

export function blockStop(index = 0, parent: string | null = null): Message {
  return streamEvent({ type: 'content_block_stop', index }, { parent_tool_use_id: parent });
}

/** The event of a message that nothing was done to. */
export function event(message: Message, sequence = 1): RunEvent {
  const timestamp = '2026-11-21T05:30:00.000Z';
  return { sequence, timestamp, sessionId: 's1', message, redactions: 0, truncated: false };
}
