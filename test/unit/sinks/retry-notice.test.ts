import { describe, expect, it } from 'vitest';
import { createRetryNoticeSink } from '../../../src/sinks/retry-notice.ts';
import { event, message } from '../stream/messages.ts';
import { memory } from './endings.ts';

const retry = (attempt: number, status: number | null, most = 10) =>
  event(
    message('system', {
      subtype: 'api_retry',
      attempt,
      max_retries: most,
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

  it.each([
    [401, 10, 'the API answered 401; claude tries once more'],
    [403, 10, 'the API answered 403; claude tries once more'],
    [529, 1, 'the API answered 529; claude tries once more'],
    [529, 2, 'the API answered 529; claude tries again, up to 2 times'],
  ])('says of %i how often it is tried', async (status, most, told) => {
    const out = memory();
    await createRetryNoticeSink(out).write(retry(1, status, most));
    expect(out.writes).toEqual([`sluice: ${told}\n`]);
  });

  it('tells each start of the whole run', async () => {
    const out = memory();
    const text = 'api_error: the run starts again in 1.1 s';
    const retry = {
      by: 'sluice',
      attempt: 1,
      maxRetries: 10,
      delayMs: 1100,
      status: null,
      error: 'api_error',
    } as const;
    const sink = createRetryNoticeSink(out);
    await sink.write(event({ type: 'sluice', subtype: 'notice', code: 'retry', text, retry }));
    await sink.write(event({ type: 'sluice', subtype: 'warning', code: 'not_json', text: 'x', line: 'x' }));
    expect(out.writes).toEqual([`sluice: ${text}\n`]);
  });
});
