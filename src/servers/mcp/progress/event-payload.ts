import type { Message, RunEvent } from '../../../messages/types.ts';
import { createTruncator } from '../../../stream/truncate.ts';
import { withoutMessage } from '../result/without-message.ts';
import { BATCH_BYTES } from './notification-queue.ts';

/** A message as clients are told it while the run goes on. */
export interface EventPayload {
  readonly type: 'claude_code_message';
  readonly sessionId: string | null;
  /** Redacted, and clipped as in every output. */
  readonly message: Message;
  readonly timestamp: string;
  readonly sequence: number;
  /** Present when the message had to be clipped further to be sent at all. */
  readonly clipped?: true;
}

/** The payload of an event, and the bytes of its JSON. */
export interface SizedPayload {
  readonly payload: EventPayload;
  readonly bytes: number;
}

/** To which length the strings of a message are clipped that is larger than a batch, one after the other until it fits. */
const CLIP_LENGTHS = [16_384, 2_048, 256];

/** No larger than a batch. */
export function payloadOf(event: RunEvent): SizedPayload {
  const whole = sized(event, event.message);
  if (whole.bytes <= BATCH_BYTES) return whole;
  for (const length of CLIP_LENGTHS) {
    const clipped = sized(event, createTruncator(length).clip(event).message, true);
    if (clipped.bytes <= BATCH_BYTES) return clipped;
  }
  return sized(event, withoutMessage(event).message, true);
}

function sized({ sessionId, timestamp, sequence }: RunEvent, message: Message, clipped = false): SizedPayload {
  const payload: EventPayload = {
    type: 'claude_code_message',
    sessionId,
    message,
    timestamp,
    sequence,
    ...(clipped ? { clipped } : {}),
  };
  return { payload, bytes: Buffer.byteLength(JSON.stringify(payload)) };
}
