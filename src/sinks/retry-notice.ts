import { mostRetries } from '../outcome/most-retries.ts';
import { isUnknown } from '../messages/types.ts';
import type { Output } from './output.ts';
import type { Sink } from './sink.ts';

/**
 * Tells that the run starts again, and that claude tries an API call again, once a row of retries: they may take
 * minutes in which nothing else is said, and a job's log is all that its owner has.
 */
export function createRetryNoticeSink(out: Output): Sink {
  return {
    write({ message }) {
      if (isUnknown(message)) return;
      if (message.type === 'sluice' && message.retry !== undefined) return out.write(`sluice: ${message.text}\n`);
      if (message.type !== 'system' || message.subtype !== 'api_retry') return;
      if (message.attempt !== 1) return;
      const what = message.error_status === null ? 'cannot be reached' : `answered ${message.error_status}`;
      return out.write(`sluice: the API ${what}; claude tries ${howOften(mostRetries(message))}\n`);
    },
    close() {},
  };
}

function howOften(most: number): string {
  return most === 1 ? 'once more' : `again, up to ${most} times`;
}
