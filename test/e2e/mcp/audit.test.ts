import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/client';
import { describe, expect, it, vi } from 'vitest';
import { begin, type FakeScript, type Step, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { EACH_ONCE, type McpServer, type ServerInvocation, startMcp, type Wire } from '../../support/mcp.ts';
import { API_KEY } from '../../support/sluice.ts';

const good: readonly Step[] = [...begin, ...succeed];
const hanging: readonly Step[] = [...begin, { say: 'at work' }, { work: true }];

type Line = Readonly<Record<string, unknown>>;

/** A server that writes an audit into the home's own folder, and what is in it. */
async function auditedServer(
  wire: Wire,
  fake: FakeScript,
  { args = [], home = freshHome(), ...rest }: ServerInvocation & { readonly args?: readonly string[] } = {},
): Promise<McpServer & { readonly file: string; lines(count: number): Promise<Line[]> }> {
  const file = join(home.path, 'audit.jsonl');
  const server = await startMcp(wire, ['--audit', file, ...args], { fake, home, ...rest });
  return { ...server, file, lines: (count) => vi.waitFor(() => linesOf(file, count), { timeout: 30_000 }) };
}

function linesOf(file: string, count: number): Line[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  expect(lines.pop()).toBe('');
  expect(lines).toHaveLength(count);
  return lines.map((line) => JSON.parse(line) as Line);
}

function ask(client: Client, request: object = {}, signal?: AbortSignal): Promise<unknown> {
  return client.callTool(
    { name: 'claude_query', arguments: { prompt: 'hi', ...request } },
    { onprogress: () => {}, resetTimeoutOnProgress: true, ...(signal === undefined ? {} : { signal }) },
  );
}

describe.each(EACH_ONCE)('the audit of a %s client over %s', (era, wire) => {
  it('says of a query that it finished, timed out, was refused, or was cancelled', async () => {
    const { connect, lines, file, log } = await auditedServer(
      wire,
      [good, hanging].map((steps) => [...steps]),
    );
    const client = await connect(era, { name: 'tester' });
    const start = Date.now();
    await ask(client, { prompt: 'Why?', maxTurns: 3 });
    await ask(client, { timeoutMs: 1500 });
    await ask(client, { cwd: '/etc' });
    await ask(client, { prompt: 7 });
    const [finished, timeout, forbidden, invalid] = await lines(4);

    expect(finished).toMatchObject({
      ended: 'finished',
      caller: { subject: 'local', transport: wire, client: expect.stringMatching(/^tester /) },
      options: { maxTurns: 3, maxMessages: 100, includeSystemMessages: true },
      outcome: { class: 'success', exitCode: 0 },
      refusal: null,
      sessionId: '11111111-2222-4333-8444-555555555555',
      turns: 1,
      costUsd: 0.001,
      tokens: { inputTokens: 1, outputTokens: 1, cacheReadInputTokens: 0, cacheCreationInputTokens: 0 },
      denials: { count: 0, tools: [] },
      retries: 0,
      redactions: 0,
    });
    expect(finished).toHaveProperty('caller.protocol', era === 'modern' ? 'mcp 2026-07-28' : 'mcp 2025-11-25');
    expect(Date.parse(String(finished?.['time']))).toBeGreaterThanOrEqual(start);
    expect(finished?.['durationMs']).toBeGreaterThanOrEqual(Number(finished?.['firstMessageMs']));
    const digest = createHmac('sha256', String(finished?.['runId'])).update('Why?').digest('hex');
    expect(finished?.['prompt']).toEqual({ characters: 4, bytes: 4, digest: `hmac-sha256:${digest}` });

    expect(timeout).toMatchObject({ ended: 'timeout', outcome: { class: 'timeout', exitCode: 124 } });
    expect(forbidden).toMatchObject({
      ended: 'refused',
      outcome: null,
      refusal: { error_code: 'forbidden' },
      options: { cwd: '/etc' },
      cwd: null,
      tokens: null,
    });
    expect(invalid).toMatchObject({
      ended: 'refused',
      refusal: { error_code: 'validation_error' },
      options: null,
      prompt: null,
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(API_KEY);

    const started = (): number => log().filter(({ msg }) => msg === 'query started').length;
    const before = started();
    const cancel = new AbortController();
    ask(client, {}, cancel.signal).catch(() => {});
    await vi.waitFor(() => expect(started()).toBe(before + 1), { timeout: 30_000 });
    cancel.abort();
    // Since 2026-07-28, to drop the stream is how a request over HTTP is cancelled.
    const ended = era === 'modern' && wire === 'http' ? 'disconnected' : 'cancelled';
    expect((await lines(5)).at(-1)).toMatchObject({ ended, outcome: { class: 'interrupted' }, refusal: null });
  });
});

it('says that a query left while it waited for its turn, that a client went away, or that the server was told to end', async () => {
  const home = freshHome();
  const left = await auditedServer('stdio', hanging, { home, args: ['--max-runs', '1'] });
  const client = await left.connect('modern');
  ask(client).catch(() => {});
  await left.logs({ msg: 'query started' });
  const cancel = new AbortController();
  const waiting = client.callTool(
    { name: 'claude_query', arguments: { prompt: 'me too' } },
    { signal: cancel.signal, onprogress: () => cancel.abort() },
  );
  waiting.catch(() => {});
  const cancelled = { ended: 'cancelled', outcome: null, refusal: { error_code: 'unavailable' } };
  expect(await left.lines(1)).toMatchObject([cancelled]);
  left.stdin?.end();
  await left.finished;
  expect(await left.lines(2)).toMatchObject([cancelled, { ended: 'disconnected' }]);

  const stopped = await auditedServer('stdio', hanging, { home });
  ask(await stopped.connect('modern')).catch(() => {});
  await stopped.logs({ msg: 'query started' });
  stopped.kill('SIGTERM');
  await stopped.finished;
  expect(await stopped.lines(3)).toMatchObject([cancelled, { ended: 'disconnected' }, { ended: 'shutdown' }]);
});

it('holds prompts only when it is told to, without the secrets of the environment', async () => {
  const prompt = `Use ${API_KEY} and \u001B[31m\u202Ered\u2028`;
  const { connect, file, lines } = await auditedServer('stdio', good, { args: ['--audit-prompts'] });
  const client = await connect('modern', { name: `client ${API_KEY}` });
  await ask(client, { prompt, appendSystemPrompt: `Be brief, ${API_KEY}.`, allowedTools: [`Read(${API_KEY})`] });
  const [line] = await lines(1);
  expect(line?.['promptText']).toMatch(/^Use \[REDACTED:[\w-]+#1\] and /);
  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain(API_KEY);
  expect(text).toMatch(/^[\u0020-\u007E]+\n$/);
});

it('keeps as many full files as it is told to, over restarts', async () => {
  const home = freshHome();
  const models = Array.from({ length: 8 }, (_, query) => `model-${query}`);
  for (const half of [models.slice(0, 4), models.slice(4)]) {
    const args = ['--audit-size', '1500', '--audit-files', '2'];
    const { connect, finished, stdin } = await auditedServer('stdio', good, { home, args });
    const client = await connect('modern');
    for (const model of half) await ask(client, { cwd: '/etc', model });
    stdin?.end();
    await finished;
  }
  const names = readdirSync(home.path).filter((name) => name.startsWith('audit'));
  expect(names.toSorted()).toEqual(['audit.jsonl', 'audit.jsonl.1', 'audit.jsonl.2']);
  const text = ['.2', '.1', ''].map((end) => readFileSync(join(home.path, `audit.jsonl${end}`), 'utf8')).join('');
  const kept = Array.from(text.matchAll(/"model":"([^"]+)"/g), ([, model]) => model);
  expect(kept.length).toBeGreaterThan(4);
  expect(kept).toEqual(models.slice(-kept.length));
  for (const name of names) expect(statSync(join(home.path, name)).mode & 0o777).toBe(0o600);
});

it('is of one server, until that has ended or was killed, and holds what its queries did until then', async () => {
  const home = freshHome();
  const first = await auditedServer('stdio', good, { home, endsWith: null });
  await first.logs({ face: 'mcp' });
  const second = startMcp('stdio', ['--audit', first.file], { fake: good, home, endsWith: 2 });
  const refused = await (await second).finished;
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain(`--audit: ${first.file} is written by another server`);
  await ask(await first.connect('modern'));
  await first.lines(1);
  first.kill('SIGKILL');
  await first.finished;
  const third = await auditedServer('stdio', good, { home });
  await ask(await third.connect('modern'));
  expect(await third.lines(2)).toMatchObject([{ ended: 'finished' }, { ended: 'finished' }]);
  third.stdin?.end();
  await third.finished;
  expect(readdirSync(home.path).filter((name) => name.includes('audit'))).toEqual(['audit.jsonl']);
});

it('is refused at the start where it cannot be written', async () => {
  const file = join(freshHome().path, 'no', 'audit.jsonl');
  await expect(startMcp('http', ['--audit', file], { fake: good, endsWith: 2 })).rejects.toThrow(
    `--audit: ${file} cannot be written`,
  );
  expect(existsSync(file)).toBe(false);
});
