import { MIN_CHARS } from '../limits.ts';
import { MESSAGES } from './run-options/messages.ts';
import type { RunRequest } from './run-request.ts';

/** What a request says of the messages that are kept. */
export type Keeping = Pick<RunRequest, 'maxMessages' | 'maxChars' | 'full' | 'noSystemMessages'>;

/** UTF-16 units kept of each string; Infinity: all. */
export function charsKept({ full, maxChars = MESSAGES.maxChars.default }: Keeping): number {
  return full === true ? Number.POSITIVE_INFINITY : Math.max(MIN_CHARS, maxChars);
}

/** Messages kept, counted from the end; Infinity: all. */
export function messagesKept({ full, maxMessages = MESSAGES.maxMessages.default }: Keeping): number {
  return full === true ? Number.POSITIVE_INFINITY : maxMessages;
}
