import { expect, it, vi } from 'vitest';
import { begin, FAKE_CLAUDE, succeed } from '../../support/fake.ts';
import { type ServerInvocation, startMcp } from '../../support/mcp.ts';
import { samplesOf } from '../../support/metrics-page.ts';
import { processesOf } from '../../support/processes.ts';
import { plain } from '../../support/scenarios.ts';
import { stub } from '../../support/stub.ts';
import { visit } from '../../support/visit.ts';

const fake = [...begin, ...succeed];

const PATIENCE = { timeout: 60_000 };

async function prewarmed(invocation: ServerInvocation, ...args: readonly string[]) {
  const server = await startMcp('http', ['--prewarm', '1', ...args], invocation);
  const client = await server.connect('modern');
  const page = async (): Promise<string> => (await visit(server.adminUrl, '/metrics')).body;
  const waiting = async (): Promise<void> =>
    vi.waitFor(
      async () => expect(samplesOf(await page(), 'sluice_prewarmed')).toEqual({ sluice_prewarmed: 1 }),
      PATIENCE,
    );
  const ask = async (more: object = {}): Promise<unknown> => {
    const { structuredContent } = await client.callTool({ name: 'claude_query', arguments: { prompt: 'hi', ...more } });
    return structuredContent;
  };
  const starts = async (): Promise<unknown> => Object.values(samplesOf(await page(), 'sluice_starts_total'));
  return { ...server, page, waiting, ask, starts };
}

it('a query is given a claude that waits, and another one takes its place', async () => {
  const { page, waiting, ask, starts } = await prewarmed({ api: await stub(plain) });
  await waiting();
  const { sluice_prewarmed_memory_bytes: memory } = samplesOf(await page(), 'sluice_prewarmed_memory_bytes');
  expect(memory).toBeGreaterThan(20 * 1024 * 1024);
  expect(await ask()).toMatchObject({ outcome: { class: 'success' }, messages: expect.any(Array) });
  expect(await starts()).toEqual([1, 0]);
  await waiting();
});

it('nobody notices that the claude that waited was killed', async () => {
  const { home, waiting, ask } = await prewarmed({ fake });
  await waiting();
  for (const [pid, command] of processesOf(home.path)) if (command.includes(FAKE_CLAUDE)) process.kill(pid, 'SIGKILL');
  expect(await ask()).toMatchObject({ outcome: { class: 'success', warnings: [] } });
});

it('a claude that waits makes way for a query that needs its place', async () => {
  const { waiting, ask, starts } = await prewarmed({ fake }, '--max-runs', '1');
  await waiting();
  expect(await ask({ model: 'haiku' })).toMatchObject({ outcome: { class: 'success' } });
  expect(await starts()).toEqual([0, 1]);
  await waiting();
});
