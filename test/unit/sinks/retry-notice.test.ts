import { describe, expect, it } from 'vitest';
import { createRetryNoticeSink } from '../../../src/sinks/retry-notice.ts';
import { event, message } from '../stream/messages.ts';
import { memory } from './endings.ts';

const retry = (attempt: number, status: number | null) =>
  event(
    message('system', {
      subtype: 'api_retry',
      attempt,
      max_retries: 10,
      retry_delay_ms: 500,
      error_status: status,
      error: 'overloaded',
      session_id: 's1',
    }),
  );

describe('the notice of retries', () => {
  it('is one line a row of them', async () => {
    const out = memory();
    const sink = createRetryNoticeSink(out);
    for (const one of [retry(1, 529), retry(2, 529), event(message('keep_alive')), retry(1, null)])
      await sink.write(one);
    expect(out.writes).toEqual([
      expect.stringMatching(/^sluice: the API answered 529; .*10 times\n$/),
      expect.stringMatching(/^sluice: the API cannot be reached; .*\n$/),
    ]);
  });
});
