import { isUnknown, type Message } from '../../messages/types.ts';
import { escapeJson } from '../safe-text.ts';
import { unchangedJson } from './unchanged-json.ts';
import type { Output } from '../output.ts';
import type { Sink } from '../sink.ts';

/**
 * Claude's own messages, redacted and clipped, without an envelope, for whatever reads its stream already. What sluice
 * has to say goes to `aside`, a line each: such a reader may not know of it, nor of runs that are started again. To it
 * the first result is the end: so one that failed waits for what comes next, and is left out where that is a retry.
 */
export function createStreamJsonSink(out: Output, aside: Output): Sink {
  let held: Message | null = null;

  /** A line of its own, after the one that was held. */
  function print(message: Message | null): void | Promise<void> {
    const lines = [held, message]
      .filter((line) => line !== null)
      .map((line) => `${unchangedJson(line) ?? escapeJson(line)}\n`);
    held = null;
    return lines.length === 0 ? undefined : out.write(lines.join(''));
  }

  return {
    write({ message }) {
      if (!isUnknown(message) && message.type === 'sluice') {
        if (message.code === 'retry') held = null;
        return aside.write(`sluice: ${escapeJson(message)}\n`);
      }
      if (isUnknown(message) || message.type !== 'result' || !message.is_error) return print(message);
      const wait = print(null);
      held = message;
      return wait;
    },
    close: () => print(null),
  };
}
