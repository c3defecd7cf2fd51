import { nameOf, recognise } from '../../../messages/recognise.ts';
import type { RunEvent } from '../../../messages/types.ts';
import { shorten } from '../../../shorten.ts';

/** UTF-16 units of a type: a foreign text too. */
const MAX_TYPE = 64;

/** An event whose message is too large even with its strings clipped: what it was, and how large, is left of it. */
export function withoutMessage(event: RunEvent): RunEvent {
  const size = JSON.stringify(event.message).length;
  const message = {
    type: shorten(event.message.type, MAX_TYPE),
    left_out: `${shorten(nameOf(event.message), MAX_TYPE)} of ${size} characters, too large to be sent`,
  };
  return { ...event, message: recognise(message), truncated: true };
}
