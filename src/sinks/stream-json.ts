import { isUnknown } from '../messages/types.ts';
import { escapeJson } from './escape-json.ts';
import type { Output } from './output.ts';
import type { Sink } from './sink.ts';

/**
 * Claude's own messages, redacted and clipped, without an envelope, for whatever reads its stream already. What sluice
 * has to say goes to `aside`, a line each: such a reader may not know of it.
 */
export function createStreamJsonSink(out: Output, aside: Output): Sink {
  return {
    write({ message }) {
      if (!isUnknown(message) && message.type === 'sluice') return aside.write(`sluice: ${escapeJson(message)}\n`);
      return out.write(`${escapeJson(message)}\n`);
    },
    close() {},
  };
}
