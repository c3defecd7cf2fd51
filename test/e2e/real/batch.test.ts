import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { inTurn, text, toolUse } from '../../../src/demo/script.ts';
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
