import { describe, expect, it } from 'vitest';
import { installExample, posted, startExample } from '../../support/example.ts';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';

describe('examples/express', () => {
  it('streams a run, cancels that of a browser that leaves, and says whose a failure is', async () => {
    const home = freshHome();
    const fake = [
      [...begin, ...succeed],
      [...begin, { say: 'at work' }, { work: true }],
    ] as const;
    const server = await startExample(`${installExample('express', 'express')}/run.sh ${home.project}`, { home, fake });

    const streamed = await server.fetch('/ask', posted({ prompt: 'hi' }));
    expect(streamed.headers.get('content-type')).toBe('text/event-stream');
    const records = await streamed.text();
    expect(records).toMatch(/^id: 1\nevent: message\ndata: {.*}\n\n/);
    expect(records).toContain('"code":"ending"');

    const leave = new AbortController();
    const left = await server.fetch('/ask', { ...posted({ prompt: 'hi' }), signal: leave.signal });
    for await (const chunk of left.body ?? []) if (Buffer.from(chunk).includes('at work')) break;
    leave.abort();
    await server.says((log) => log.includes('"ended":"cancelled"'));

    const failures = [posted({}), posted({ prompt: 'x'.repeat(300_000) }), { ...posted({}), body: '{' }];
    const told = failures.map(async (init) => {
      const response = await server.fetch('/ask', init);
      return [response.status, Object(await response.json()).error];
    });
    expect(await Promise.all(told)).toEqual([
      [400, 'validation_error'],
      [413, 'bad_request'],
      [400, 'bad_request'],
    ]);
  });
});
