import { isUnknown, type Message, type MessageOf, type RunEvent } from '../messages/types.ts';
import { createTextCarry, type Released, type TextCarry } from '../secrets/carry.ts';
import type { Redactor } from '../secrets/redactor.ts';
import { opaquePlaces } from './opaque-places.ts';
import { redactValues } from './redact-values.ts';
import type { Batch, Stage } from './stage.ts';

type StreamEvent = MessageOf<'stream_event'>;

/** A content block whose text is still arriving in pieces. */
interface OpenBlock {
  readonly carry: TextCarry;
  /** The newest delta, in whose shape the rest of the text is handed out at the block's end. */
  last: StreamEvent | null;
}

/** The fields of a delta that are not pieces of a longer text; any other string is, in new kinds of deltas too. */
const WHOLE: ReadonlySet<string> = new Set(['type', 'stop_reason', 'stop_sequence', 'signature']);

/**
 * Replaces secrets in every string of every message and numbers the events. Pieces of partial text are redacted as one
 * text a content block: what could be the beginning of a secret waits for the next piece, and comes out at the latest
 * in a delta of its own before the block's end. One source after the other may be sent through: numbers go on.
 * @param onFinding told each secret by its kind, but those in pieces: they come again in the whole message
 */
export function redact(
  redactor: Redactor,
  now: () => number,
  onFinding: (kind: string) => void,
): Stage<Batch<Message>, Batch<RunEvent>> {
  let sessionId: string | null = null;
  let sequence = 0;
  let time = Number.NaN;
  let timestamp = '';

  return async function* (source) {
    const blocks = new Map<string, OpenBlock>();
    let found = 0;
    let batch: RunEvent[] = [];

    /** Many messages come within one millisecond. */
    function stamp(): string {
      const current = now();
      if (current !== time) timestamp = new Date((time = current)).toISOString();
      return timestamp;
    }

    const whole = redactValues(redactor, (kind) => {
      found += 1;
      onFinding(kind);
    });
    const pieces = redactValues(redactor, () => (found += 1));

    function emit(message: Message): void {
      if ('session_id' in message && typeof message.session_id === 'string') sessionId = message.session_id;
      const redactions = found;
      found = 0;
      batch.push({ sequence: ++sequence, timestamp: stamp(), sessionId, message, redactions, truncated: false });
    }

    function redactMessage(message: Message): void {
      // The whole message comes before the end of its last block (2.1.197, 2.1.329), and an interrupted block may have
      // no end: what is held comes before either.
      if (!isUnknown(message) && message.type === 'assistant') endBlocks(message.parent_tool_use_id);
      if (message.type === 'result') for (const key of blocks.keys()) endBlock(key);
      if (isUnknown(message) || message.type !== 'stream_event') {
        return emit(whole(message, opaquePlaces(message)));
      }
      const { type } = message.event;
      if (type === 'message_start' || type === 'message_stop') endBlocks(message.parent_tool_use_id);
      if (type === 'content_block_stop') endBlock(blockKey(message));
      const piece = pieceOf(message);
      if (piece === null) return emit(pieces(message, opaquePlaces(message)));
      const block = openBlock(message);
      block.last = message;
      const released = release(block.carry.push(piece.text));
      emit(withPiece(aroundPiece(message, piece), piece, released));
    }

    /** A message without secrets but for the piece in it, which is as it was. */
    function aroundPiece(message: StreamEvent, { delta, field }: Piece): StreamEvent {
      return pieces(message, new Map([[delta, field]]));
    }

    function openBlock(message: StreamEvent): OpenBlock {
      const key = blockKey(message);
      const block = blocks.get(key) ?? { carry: createTextCarry(redactor), last: null };
      blocks.set(key, block);
      return block;
    }

    function endBlocks(parent: string | null | undefined): void {
      for (const key of blocks.keys()) if (key.startsWith(`${parent ?? ''}/`)) endBlock(key);
    }

    function endBlock(key: string): void {
      const block = blocks.get(key);
      blocks.delete(key);
      if (!block?.last) return;
      const piece = pieceOf(block.last);
      const rest = release(block.carry.end());
      if (piece !== null && rest !== '') emit(withPiece(aroundPiece(block.last, piece), piece, rest));
    }

    function release(released: Released): string {
      found += released.findings.length;
      return released.text;
    }

    for await (const messages of source) {
      batch = [];
      for (const message of messages) redactMessage(message);
      yield batch;
    }
    batch = [];
    for (const key of blocks.keys()) endBlock(key);
    if (batch.length > 0) yield batch;
  };
}

function blockKey(message: StreamEvent): string {
  return `${message.parent_tool_use_id ?? ''}/${message.event.index ?? 0}`;
}

/** A part of a text that arrives in parts, and where it stands. */
interface Piece {
  readonly delta: object;
  readonly field: string;
  readonly text: string;
}

function pieceOf({ event: { delta } }: StreamEvent): Piece | null {
  if (delta === undefined) return null;
  for (const [field, text] of Object.entries(delta)) {
    if (typeof text === 'string' && !WHOLE.has(field)) return { delta, field, text };
  }
  return null;
}

function withPiece(message: StreamEvent, { field, text }: Piece, released: string): StreamEvent {
  if (released === text) return message;
  return { ...message, event: { ...message.event, delta: { ...message.event.delta, [field]: released } } };
}
