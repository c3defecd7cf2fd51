import type * as z from 'zod/mini';
import type { Report } from '../outcome/report-schema.ts';
import type { contentBlock, SCHEMAS, usage } from './schemas.ts';

/** A message that claude printed and whose shape sluice knows: snake_case, as on the wire. */
export type ClaudeMessage = z.infer<(typeof SCHEMAS)[number]>;

export type ContentBlock = z.infer<typeof contentBlock>;
export type Usage = z.infer<typeof usage>;

/** The known message of one `type` (and, for `system`, one `subtype`). */
export type MessageOf<Type extends ClaudeMessage['type'], Subtype extends string = string> = Extract<
  ClaudeMessage,
  Type extends 'system' ? { type: 'system'; subtype: Subtype } : { type: Type }
>;

/** Marks a message that no schema recognised. A symbol, so that it is in no JSON and in no clash with the wire. */
export const unrecognised: unique symbol = Symbol('sluice.unrecognised');

/**
 * A message that no schema recognised: a type or subtype that is new, or a known one whose shape has changed.
 * It is kept whole and passed on. Tell it apart with `isUnknown` before switching on `type`.
 */
export interface UnknownMessage {
  readonly type: string;
  readonly [unrecognised]: true;
  readonly [field: string]: unknown;
}

/** What sluice itself has to say in the stream. */
export interface SluiceMessage {
  readonly type: 'sluice';
  readonly subtype: 'notice' | 'warning' | 'error';
  /** A stable name for programs, such as `not_json`. */
  readonly code: string;
  /** One line for people. */
  readonly text: string;
  /** The line of claude's output that this is about, whole, when it could not be read as a message. */
  readonly line?: string;
  /** With code `retry`, which says that the whole run is to be started again: which retry it is, and why. */
  readonly retry?: Report['attempts'][number];
  /** With code `ending`, the last event of ndjson output and of recordings: all there is to tell of the run. */
  readonly report?: Report;
}

export type Message = ClaudeMessage | SluiceMessage | UnknownMessage;

/** One message on its way to the sinks. */
export interface RunEvent {
  /** Counts from 1, without gaps within one run. */
  readonly sequence: number;
  /** When sluice read the message, ISO 8601 in UTC with milliseconds. */
  readonly timestamp: string;
  /** Claude's session id, once it is known. */
  readonly sessionId: string | null;
  /** Redacted, and clipped where `truncated` says so. */
  readonly message: Message;
  /** How many secrets were replaced in this message. */
  readonly redactions: number;
  /** Whether a string of this message was clipped. */
  readonly truncated: boolean;
}

/** Whether no schema recognised the message; narrows the rest to a closed union. */
export function isUnknown(message: Message): message is UnknownMessage {
  return unrecognised in message;
}
