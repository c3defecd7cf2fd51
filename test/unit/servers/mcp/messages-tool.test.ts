import { describe, expect, it, vi } from 'vitest';
import type { Queries } from '../../../../src/servers/queries.ts';
import { Refusal } from '../../../../src/servers/refusal.ts';
import { CONVERSATION, faceOf, queriesOf, tells } from './faces.ts';
import { ERAS, type Fields, openClient } from './wire.ts';

const RUN_ID = '11111111-2222-4333-8444-555555555555';

/** Calls the tool where these are the messages that are kept. */
async function call(era: (typeof ERAS)[number], input: Fields, page: Queries['page']): Promise<Fields> {
  const client = await openClient(faceOf(queriesOf(tells([]), page)), era);
  await client.listTools();
  return client.callTool({ name: 'claude_query_messages', arguments: input });
}

describe.each(ERAS)('the tool that pages messages, %s', (era) => {
  it('asks for 50 messages from the first one on, for who asked', async () => {
    const page = vi.fn<Queries['page']>(async () => ({
      runId: RUN_ID,
      sessionId: 's1',
      messages: CONVERSATION,
      total: 3,
      next: null,
    }));
    const answer = await call(era, { runId: RUN_ID }, page);
    expect(page.mock.calls).toEqual([[RUN_ID, expect.objectContaining({ subject: 'ada', client: 'sdk 1.0' }), 1, 50]]);
    expect(answer.structuredContent).toMatchObject({
      runId: RUN_ID,
      sessionId: 's1',
      total: 3,
      returned: 3,
      next: null,
      messages: [{ sequence: 1 }, { sequence: 2 }, { sequence: 3 }],
    });
    expect(JSON.parse(answer.content[0].text)).toEqual(answer.structuredContent);
    await call(era, { runId: RUN_ID, from: 7, limit: 500 }, page);
    expect(page.mock.lastCall?.slice(2)).toEqual([7, 500]);
    await call(era, { runId: RUN_ID, from: null, limit: '5' }, page);
    expect(page.mock.lastCall?.slice(2)).toEqual([1, 5]);
  });

  it.each([
    [{}, 'runId'],
    [{ runId: 'x' }, 'runId'],
    [{ runId: RUN_ID, from: 0 }, 'from'],
    [{ runId: RUN_ID, limit: 501 }, 'limit'],
    [{ runId: RUN_ID, limit: 'five' }, 'limit'],
    [{ runId: RUN_ID, page: 2 }, 'page'],
  ])('says what is wrong with %j', async (input, culprit) => {
    const page = vi.fn<Queries['page']>();
    const answer = await call(era, input, page);
    expect(answer.isError).toBe(true);
    const { error_code, message } = JSON.parse(answer.content[0].text);
    expect(error_code).toBe('validation_error');
    expect(message).toContain(culprit);
    expect(page).not.toHaveBeenCalled();
  });

  it('tells that a run is not known', async () => {
    const answer = await call(era, { runId: RUN_ID }, async () => {
      throw new Refusal('not_found', 'no such run');
    });
    expect(JSON.parse(answer.content[0].text)).toMatchObject({ error_code: 'not_found', message: 'no such run' });
  });
});
