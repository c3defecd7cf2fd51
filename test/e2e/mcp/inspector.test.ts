import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { installPeers } from '../../peers/install.ts';
import { begin, type FakeScript, succeed } from '../../support/fake.ts';
import { type Era, startMcp } from '../../support/mcp.ts';
import { rounds } from '../../support/rounds.ts';
import { shared } from '../../support/shared.ts';
import { type Finished, sluice } from '../../support/sluice.ts';

const BIN = fileURLToPath(new URL('../../../bin/sluice.js', import.meta.url));
const quick: FakeScript = [...begin, ...succeed];

let program = '';
beforeAll(() => {
  program = installPeers('inspector');
}, 300_000);

/** Runs the Inspector as sluice would be run: with a home of its own, and nothing left when the test is over. */
function inspect(...args: readonly string[]): Promise<Finished> {
  return sluice(['--cli', ...args, '--format', 'json'], { bin: program });
}

describe('the Inspector', () => {
  it('finds no fault in the tools over stdio', async () => {
    const list = await inspect(process.execPath, BIN, 'mcp', '--method', 'tools/list', '--strict');
    const { tools } = listSchema.parse(JSON.parse(list.stdout)).result;
    expect(tools.map(({ name }) => name)).toEqual(['claude_query', 'claude_query_messages']);
    expect(list.exitCode).toBe(0);
    expect(list.stderr).toMatch(/\b0 errors/);
  });

  describe('over HTTP', () => {
    const server = shared(() => startMcp('http', [], { fake: quick }));
    const over = (era: Era): string[] => {
      return ['--server-url', server().url.href, '--transport', 'http', '--protocol-era', era];
    };

    it('finds no fault in the tools as they were in 2025', async () => {
      const list = await inspect(...over('legacy'), '--method', 'tools/list', '--strict');
      expect(list).toMatchObject({ exitCode: 0 });
    });

    it('calls the tool as in 2025', async () => {
      const call = await inspect(...over('legacy'), ...calling('hi'));
      expect(call.exitCode).toBe(0);
      expect(answerOf(call)).toMatchObject({ result: { success: true, summary: 'done' } });
    });

    it('makes many calls as in 2026, two at a time, and none fails', async () => {
      const requests = rounds(3);
      const load = ['--load', '--load-requests', `${requests}`, '--load-concurrency', '2'];
      const report = await inspect(...over('modern'), ...calling('hi'), ...load);
      expect(JSON.parse(report.stdout)).toMatchObject({
        result: { requests, ok: requests, toolErrors: 0, errors: 0, errorMessages: [] },
      });
      expect(report.exitCode).toBe(0);
    });
  });
});

function calling(prompt: string): string[] {
  const input = JSON.stringify({ prompt });
  return ['--method', 'tools/call', '--tool-name', 'claude_query', '--tool-args-json', input];
}

const listSchema = z.object({ result: z.object({ tools: z.array(z.object({ name: z.string() })) }) });
const answerSchema = z.object({ result: z.object({ structuredContent: z.unknown() }) });

function answerOf({ stdout }: Finished): unknown {
  return answerSchema.parse(JSON.parse(stdout)).result.structuredContent;
}
