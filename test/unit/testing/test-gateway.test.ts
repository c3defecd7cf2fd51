import { expect, it } from 'vitest';
import { startTestGateway, wordsOf } from '../../../src/testing/testing.ts';
import { atTestEnd } from '../../support/test-end.ts';

async function gateway(...does: Parameters<typeof startTestGateway>) {
  const served = await startTestGateway(...does);
  atTestEnd(served.close);
  return served;
}

it('answers by what it is asked, as a gateway does', async () => {
  const { client, asked } = await gateway((request) => [
    { use: { tool: 'Read', input: { file_path: '/a' }, result: 'A' } },
    { say: `You said ${wordsOf(request)}.` },
  ]);
  const run = await client.submit({ prompt: 'hi', maxTurns: 3 });
  const types: string[] = [];
  for await (const item of run.events()) if (item.kind === 'event') types.push(item.event.message.type);
  expect(types).toEqual(['system', 'assistant', 'user', 'assistant', 'result', 'sluice']);
  expect(await run.result()).toMatchObject({
    runId: run.runId,
    outcome: { class: 'success' },
    result: { summary: 'You said hi.' },
    tools: [{ name: 'Read', calls: 1, errors: 0 }],
  });
  expect(asked).toMatchObject([{ maxTurns: 3 }]);
});

it('has runs that fail, that hang until they are cancelled, and requests that are refused', async () => {
  const { client } = await gateway(({ maxTurns }) =>
    maxTurns === 1
      ? [{ result: { subtype: 'error_max_turns', is_error: true } }]
      : [{ say: 'at work' }, { hang: true }],
  );
  const limited = await client.submit({ prompt: 'hi', maxTurns: 1 });
  expect(await limited.result()).toMatchObject({ outcome: { class: 'max_turns' } });
  const hanging = await client.submit({ prompt: 'hi' });
  for await (const item of hanging.events()) if (item.kind === 'event' && item.id === 2) break;
  expect(await hanging.cancel()).toMatchObject({ state: 'finished', ended: 'cancelled' });
  await expect(client.submit({ prompt: '' })).rejects.toMatchObject({ code: 'validation_error' });
});
