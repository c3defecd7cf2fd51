import { expect, it } from 'vitest';
import * as z from 'zod';
import { since } from '../../support/claude.ts';
import { plain } from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

it.runIf(since('2.1.0'))('--agents reach claude, which offers them to the model', async () => {
  const agents = { nitpicker: { description: 'Finds the smallest faults', prompt: 'You nitpick.' } };
  const api = await stub(plain);
  const run = await sluice(['-p', '--agents', JSON.stringify(agents), 'hi', '--output-format', 'stream-json'], { api });
  expect(run.exitCode).toBe(0);
  const init = z.object({ agents: z.array(z.string()) }).parse(run.messages().find(({ type }) => type === 'system'));
  const sent = JSON.stringify(api.requests.map(({ body }) => body));
  expect(init.agents.includes('nitpicker') || sent.includes('nitpicker')).toBe(true);
});
