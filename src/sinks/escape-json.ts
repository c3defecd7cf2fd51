import { sourceOf } from '../messages/source-text.ts';
import type { Message, RunEvent } from '../messages/types.ts';

/**
 * JSON on one line in which nothing can act on a terminal: `JSON.stringify` escapes C0 already; DEL, C1, the bidi
 * controls and the line separators are escaped here. Any JSON parser gives the same value back.
 */
export function escapeJson(value: unknown): string {
  return escapeActing(JSON.stringify(value));
}

/** The same of a message; what is unchanged since it was read is not written anew. */
export function messageJson(message: Message): string {
  const source = sourceOf(message);
  return source === undefined ? escapeJson(message) : escapeActing(source);
}

/** The same of an event. */
export function eventJson(event: RunEvent): string {
  const { message, sequence, timestamp, sessionId, redactions, truncated } = event;
  if (sourceOf(message) === undefined) return escapeJson(event);
  const session = sessionId === null ? 'null' : escapeJson(sessionId);
  return `{"sequence":${sequence},"timestamp":"${timestamp}","sessionId":${session},"message":${messageJson(message)},"redactions":${redactions},"truncated":${truncated}}`;
}

function escapeActing(text: string): string {
  return ACTS.test(text) ? text.replaceAll(ACTS_ALL, escapeCharacter) : text;
}

const ACTS = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const ACTS_ALL = new RegExp(ACTS, 'g');

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
