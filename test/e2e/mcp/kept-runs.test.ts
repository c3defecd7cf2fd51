import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/client';
import { describe, expect, it, vi } from 'vitest';
import { begin, type FakeScript, type Step, succeed } from '../../support/fake.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { type McpServer, startMcp } from '../../support/mcp.ts';

const good: readonly Step[] = [...begin, ...succeed];
const hanging: readonly Step[] = [...begin, { say: 'at work' }, { work: true }];

type Fields = Readonly<Record<string, unknown>>;

/** A server whose runs are in the home, like those of every server there. */
function serve(home: Home, fake: FakeScript, args: readonly string[] = [], isKilled = false): Promise<McpServer> {
  return startMcp('http', args, { home, fake, ...(isKilled ? { endsWith: null } : {}) });
}

async function ask(client: Client): Promise<Fields> {
  const { structuredContent } = await client.callTool({ name: 'claude_query', arguments: { prompt: 'hi' } });
  return structuredContent as Fields;
}

async function page(client: Client, runId: unknown): Promise<Fields> {
  const answer = await client.callTool({ name: 'claude_query_messages', arguments: { runId } });
  return answer.isError === true ? { isError: true, content: answer.content } : (answer.structuredContent as Fields);
}

/** The id of the one run that is under way, once claude has said something. */
async function underWay({ adminUrl }: McpServer): Promise<unknown> {
  return vi.waitFor(
    async () => {
      const runs = (await (await fetch(new URL('/runs', adminUrl))).json()) as readonly Fields[];
      expect(runs).toMatchObject([{ turns: 1 }]);
      return runs[0]?.['runId'];
    },
    { timeout: 30_000 },
  );
}

async function killed(server: McpServer): Promise<void> {
  server.kill('SIGKILL');
  await server.finished;
}

describe('the runs of a server', () => {
  it('can be paged by another one once it was killed; those that were killed with it are told of as interrupted, with what there was, and audited', async () => {
    const home = freshHome();
    const first = await serve(home, [[...good], [...hanging]], [], true);
    const client = await first.connect('modern');
    const { runId: before, messages } = await ask(client);
    // Its client tries to get through again for a minute.
    void ask(client).catch(() => null);
    const runId = await underWay(first);
    await killed(first);
    const audit = join(home.path, 'audit.jsonl');
    const second = await serve(home, good, ['--audit', audit]);
    const other = await second.connect('modern');
    expect(await page(other, before)).toMatchObject({ runId: before, messages, next: null });
    expect(await page(other, runId)).toMatchObject({
      runId,
      total: 2,
      messages: [{ message: { type: 'system' } }, { message: { type: 'assistant' } }],
    });
    const line: unknown = await vi.waitFor(() => JSON.parse(readFileSync(audit, 'utf8')));
    expect(line).toMatchObject({
      runId,
      ended: 'interrupted',
      caller: { subject: 'local', transport: 'http' },
      prompt: { characters: 2 },
      outcome: { class: 'interrupted' },
    });
  });

  it('are for others in the same folder as well, and go on when those come and go', async () => {
    const home = freshHome();
    const state = ['--state', join(home.path, 'state')];
    const first = await serve(home, hanging, state);
    const one = await first.connect('modern');
    const stop = new AbortController();
    const asked = one
      .callTool({ name: 'claude_query', arguments: { prompt: 'hi' } }, { signal: stop.signal })
      .catch(() => null);
    const runId = await underWay(first);
    const second = await serve(freshHome(), good, state);
    const other = await second.connect('modern');
    expect(await page(other, runId)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/conflict/) }],
    });
    const { runId: theirs, messages } = await ask(other);
    expect(await page(one, theirs)).toMatchObject({ messages });
    stop.abort();
    await asked;
    const ended = await vi.waitFor(
      async () => {
        const told = await page(other, runId);
        expect(told).not.toHaveProperty('isError');
        return told;
      },
      { timeout: 30_000 },
    );
    expect(ended).toMatchObject({
      runId,
      messages: [{ sequence: 1 }, { sequence: 2 }, { sequence: 3 }, { sequence: 4 }],
    });
  });

  it('are in memory where they are to be, and gone with it', async () => {
    const home = freshHome();
    const first = await serve(home, good, ['--state', 'off'], true);
    const client = await first.connect('modern');
    const { runId, messages } = await ask(client);
    expect(await page(client, runId)).toMatchObject({ messages });
    await killed(first);
    const second = await serve(home, good);
    expect(await page(await second.connect('modern'), runId)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/not_found/) }],
    });
  });
});
