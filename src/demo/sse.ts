import type { Block, Turn, Usage } from './script.ts';

/** One server-sent event of a streamed message, and the wait before it. */
export interface Beat {
  readonly afterMs: number;
  readonly event: ServerEvent;
}

/** The wire's event: its `type` is the SSE event's name too. */
export interface ServerEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What the server adds to a turn: identity, and the counts that the script left open. */
export interface Letterhead {
  readonly id: string;
  readonly model: string;
  readonly usage: Usage;
  /** A new id for each tool call. */
  readonly nextToolUseId: () => string;
}

/** The turn as one whole message, as an unstreamed request gets it. */
export function wholeMessage(turn: Turn, head: Letterhead): ServerEvent {
  const content = turn.blocks.map((block) => wholeBlock(block, head));
  return { ...openMessage(head), content, stop_reason: turn.stopReason, usage: head.usage };
}

/**
 * The turn as a stream. One that is not to complete breaks off within its last block; what follows then (silence,
 * a reset, an error) is the sender's to do.
 */
export function* beatsOf(turn: Turn, head: Letterhead): Generator<Beat> {
  const start = { ...openMessage(head), usage: { ...head.usage, output_tokens: 1 } };
  yield now({ type: 'message_start', message: start });
  yield now({ type: 'ping' });
  for (const [index, block] of turn.blocks.entries()) {
    yield* beatsOfBlock(block, index, head);
    if (turn.ending !== 'complete' && index === turn.blocks.length - 1) return;
    yield now({ type: 'content_block_stop', index });
  }
  yield now({
    type: 'message_delta',
    delta: { stop_reason: turn.stopReason, stop_sequence: null },
    usage: head.usage,
  });
  yield now({ type: 'message_stop' });
}

/** An event as it stands in a `text/event-stream`. */
export function formatEvent(event: ServerEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function* beatsOfBlock(block: Block, index: number, head: Letterhead): Generator<Beat> {
  yield now({ type: 'content_block_start', index, content_block: emptyBlock(block, head) });
  for (const [delta, afterMs] of deltasOf(block)) {
    yield { afterMs, event: { type: 'content_block_delta', index, delta } };
  }
}

function* deltasOf(block: Block): Generator<readonly [delta: ServerEvent, afterMs: number]> {
  switch (block.type) {
    case 'text':
      for (const piece of piecesOf(block.text, block.pace.chunk)) {
        yield [{ type: 'text_delta', text: piece }, block.pace.delayMs ?? 0];
      }
      return;
    case 'thinking':
      for (const piece of piecesOf(block.thinking, block.pace.chunk)) {
        yield [{ type: 'thinking_delta', thinking: piece }, block.pace.delayMs ?? 0];
      }
      yield [{ type: 'signature_delta', signature }, 0];
      return;
    case 'tool_use':
      yield [{ type: 'input_json_delta', partial_json: JSON.stringify(block.input) }, 0];
      return;
    default:
      block satisfies never;
  }
}

function openMessage(head: Letterhead): ServerEvent {
  const { id, model, usage } = head;
  return { id, type: 'message', role: 'assistant', model, content: [], stop_reason: null, stop_sequence: null, usage };
}

function emptyBlock(block: Block, head: Letterhead): ServerEvent {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: '' };
    case 'thinking':
      return { type: 'thinking', thinking: '', signature: '' };
    case 'tool_use':
      return { type: 'tool_use', id: head.nextToolUseId(), name: block.name, input: {} };
  }
}

function wholeBlock(block: Block, head: Letterhead): ServerEvent {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text };
    case 'thinking':
      return { type: 'thinking', thinking: block.thinking, signature };
    case 'tool_use':
      return { ...emptyBlock(block, head), input: block.input };
  }
}

/** The real one proves who wrote the thinking; nobody checks this one. */
const signature = Buffer.from('signed by the stub').toString('base64');

/** Pieces of at most `size` characters; no character is torn in two. */
function piecesOf(content: string, size = content.length): readonly string[] {
  if (content === '') return [];
  return content.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? [];
}

function now(event: ServerEvent): Beat {
  return { afterMs: 0, event };
}
