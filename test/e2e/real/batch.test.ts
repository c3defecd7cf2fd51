import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { apiError, inTurn, type Script, text, toolUse, turn } from '../../../src/demo/script.ts';
import { freshHome } from '../../support/folder.ts';
import { startRedis } from '../../support/redis.ts';
import { sluice, startSluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

const making = inTurn([toolUse('Bash', { command: 'echo it > made', description: 'make it' })], [text('Over.')]);

it('runs items in worktrees of their own, and keeps what they changed as patches', async () => {
  const home = freshHome();
  const git = (...words: readonly string[]) => execa('git', words, { cwd: home.project });
  await git('init', '--quiet');
  await git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--allow-empty', '-m', 'first');
  writeFileSync(join(home.project, 'items.csv'), 'id,prompt\none,make it\ntwo,make it\n');
  const words = ['batch', 'items.csv', '--out', 'out', '--worktree', '--patches', 'patches', '--allowed-tools', 'Bash'];
  const { exitCode, stdout, stderr } = await sluice([...words, '-o', 'json'], { home, api: await stub(making) });
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ done: 2, notDone: {}, letters: [] });
  expect(new Set(readdirSync(join(home.project, 'out')))).toEqual(new Set(['one.json', 'two.json']));
  expect(existsSync(join(home.project, 'made'))).toBe(false);
  expect((await git('worktree', 'list')).stdout.split('\n')).toHaveLength(1);
  await git('apply', 'patches/one.patch');
  expect(existsSync(join(home.project, 'made'))).toBe(true);
});

it("waits for a subscription's usage limit with all its items, which costs none of them a try, and goes on with those that had not begun", async () => {
  const home = freshHome();
  const prompts = ['item 1', 'item 2', 'item 3'];
  writeFileSync(join(home.project, 'items.jsonl'), prompts.map((prompt) => `${JSON.stringify(prompt)}\n`).join(''));
  const limitedAt = new Map<string, number>();
  const begunAt = new Map<string, number>();
  const limited: Script = ({ prompt }) => {
    if (!begunAt.has(prompt)) begunAt.set(prompt, performance.now());
    if (limitedAt.size === 2 || limitedAt.has(prompt) || !prompts.includes(prompt)) return turn([text('Over.')]);
    limitedAt.set(prompt, performance.now());
    return apiError(429, 'Slow down.', {
      'anthropic-ratelimit-unified-status': 'rejected',
      'anthropic-ratelimit-unified-representative-claim': 'five_hour',
      'anthropic-ratelimit-unified-reset': String(Math.ceil(Date.now() / 1000) + 3),
    });
  };
  const words = ['batch', 'items.jsonl', '--out', 'out.jsonl', '--concurrency', '2', '--tries', '1', '-o', 'json'];
  const run = await sluice([...words, '--retry-max-wait', '1s'], {
    home,
    api: await stub(limited),
    env: { ANTHROPIC_API_KEY: undefined, CLAUDE_CODE_OAUTH_TOKEN: 'oauth' },
  });
  expect(run.exitCode).toBe(0);
  expect(JSON.parse(run.stdout)).toMatchObject({ done: 3, notDone: {}, runs: 3 });
  const others = prompts.filter((prompt) => !limitedAt.has(prompt));
  expect(others).toHaveLength(1);
  for (const prompt of others) expect(begunAt.get(prompt)).toBeGreaterThan(Math.min(...limitedAt.values()) + 2_900);
});

it('has a worker run items, in its folder and with its tools, and knows which have written', async () => {
  const { url } = await startRedis();
  const home = freshHome();
  const queue = { SLUICE_QUEUE: url };
  writeFileSync(join(home.project, 'items.csv'), 'id,prompt\none,make it\n');
  const words = ['worker', '--admin-port', 'off', '--allowed-tools', 'Bash'];
  const worker = startSluice(words, { home, api: await stub(making), env: queue });
  const { exitCode, file } = await sluice(['batch', 'items.csv', '--out', 'out.jsonl'], {
    home,
    claude: null,
    env: queue,
  });
  worker.kill('SIGTERM');
  expect([exitCode, (await worker.finished).exitCode]).toEqual([0, 0]);
  expect(existsSync(join(home.project, 'made'))).toBe(true);
  expect(file('out.jsonl.journal')).toMatch(/"id":"one".*"state":"done".*"tool":"Bash"/);
});
