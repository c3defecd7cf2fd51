import type { RunEvent } from '../messages/types.ts';
import { escapeJson } from '../sinks/safe-text.ts';

/** An event, and what it is as JSON in a record: whole and without a secret, both. */
export interface WrittenEvent {
  readonly event: RunEvent;
  /** On one line, able to act on no terminal; made once for all who ask. */
  readonly json: string;
}

export function writtenEvent(event: RunEvent): WrittenEvent {
  let json: string | null = null;
  return {
    event,
    get json() {
      return (json ??= escapeJson(event));
    },
  };
}
