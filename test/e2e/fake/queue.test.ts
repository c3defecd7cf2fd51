import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { startRedis } from '../../support/redis.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { API_KEY, sluice, startSluice } from '../../support/sluice.ts';
import { until } from '../../torture/until.ts';

const claude = fileURLToPath(new URL('../../support/item-claude.sh', import.meta.url));
const SECRET = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
const DECLARED = 'correct horse battery staple';

describe('sluice batch --queue', () => {
  it('has a worker do what its operator allows, and shows no secret to Redis', async () => {
    const { url, content } = await startRedis();
    const home = freshHome();
    const rows = [
      { id: 'good', prompt: `item=x; ${SECRET}`, note: DECLARED, appendSystemPrompt: `use ${DECLARED}` },
      { id: 'more', prompt: 'item=x;', permissionMode: 'bypassPermissions' },
      { id: 'elsewhere', prompt: 'item=x;', mcpConfig: '{"mcpServers":{}}' },
    ];
    writeFileSync(join(home.project, 'items.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const env = { SLUICE_QUEUE: url, SLUICE_SECRET_ENV: 'OURS', OURS: DECLARED };
    const batch = startSluice(['batch', 'items.jsonl', '--out', 'out.jsonl'], { claude: null, home, env });
    await until('items wait', () => content().includes('item=x;'));
    const waiting = content();
    const worker = startSluice(['worker', '--admin-port', 'off'], { claude, home, env: { SLUICE_QUEUE: url } });
    const { exitCode, file } = await batch.finished;
    worker.kill('SIGTERM');
    expect((await worker.finished).exitCode).toBe(0);
    for (const text of [waiting, content()]) expect(text).not.toMatch(new RegExp(`${SECRET}|${DECLARED}`));
    expect(exitCode).toBe(1);
    expect(file('out.jsonl')).toMatch(/^\{"id":"good",.*\n$/);
    expect(file('out.jsonl.failed.jsonl')).toMatch(/"elsewhere".*mcpConfig: not with --queue/);
    expect(file('out.jsonl.failed.jsonl')).toMatch(/"more".*bypassPermissions\W+is not allowed/);
  });

  it('shows no secret to Redis in mid-stream either', async () => {
    const { url, content } = await startRedis();
    const home = freshHome();
    writeFileSync(join(home.project, 'items.txt'), `use ${SECRET}\n`);
    const fake = [
      ...begin,
      { say: `the key is ${SECRET}, or ${DECLARED}, or ${API_KEY}` },
      { sleep: 4_000 },
      ...succeed,
    ];
    const env = { SLUICE_QUEUE: url, SLUICE_SERVER_ENV: 'FAKE_CLAUDE', SLUICE_SECRET_ENV: 'OURS', OURS: DECLARED };
    const worker = startSluice(['worker', '--admin-port', 'off'], { fake, home, env });
    const batch = startSluice(['batch', 'items.txt', 'why?', '--out', 'out.jsonl'], {
      claude: null,
      home,
      env: { SLUICE_QUEUE: url },
    });
    await until('events flow', () => content().includes('the key is'));
    const midway = content();
    for (const kind of ['items', 'batches', 'events']) expect(midway).toContain(`sluice-${kind}:items:`);
    expect(midway).not.toMatch(new RegExp(`${SECRET}|${DECLARED}|${API_KEY}`));
    expect((await batch.finished).exitCode).toBe(0);
    worker.kill('SIGTERM');
    await worker.finished;
    expect(content()).not.toMatch(new RegExp(`${SECRET}|${DECLARED}|${API_KEY}`));
  });

  it('takes back what nobody has begun when it is told to end, and goes on the next time', async () => {
    const { url, cli } = await startRedis();
    const home = freshHome();
    writeFileSync(join(home.project, 'items.txt'), 'item=a;\nitem=b;\n');
    const words = ['batch', 'items.txt', '--out', 'out.jsonl', '--queue', url];
    const first = startSluice(words, { claude: null, home });
    await until('items wait', () => cli('LLEN', 'sluice:items:wait') === '2');
    await first.says((text) => text.includes('no worker is there for the queue items'));
    first.kill('SIGTERM');
    expect((await first.finished).exitCode).toBe(143);
    expect(cli('LLEN', 'sluice:items:wait')).toBe('0');
    const here = await sluiceHere(words.slice(0, 4), { claude, home });
    expect([here.exitCode, here.stderr]).toEqual([2, expect.stringContaining('a batch in the queue items')]);
    const worker = startSluice(['worker', '--queue', url, '--admin-port', 'off'], { claude, home });
    expect((await sluice(words, { claude: null, home })).exitCode).toBe(0);
    worker.kill('SIGTERM');
    await worker.finished;
    cli('FLUSHALL');
    const lost = await sluiceHere(words, { claude: null, home });
    expect([lost.exitCode, lost.stderr]).toEqual([2, expect.stringContaining('knows nothing of this batch')]);
  });

  it.each<[readonly string[], number, RegExp]>([
    [['--queue', 'http://127.0.0.1'], 2, /--queue: .*an address such as redis:/],
    [['--queue', 'redis://:hunter2-hunter2@127.0.0.1'], 2, /--queue: others see command lines.*SLUICE_QUEUE/],
    [['--queue', 'redis://127.0.0.1:1'], 75, /--queue: redis:\/\/127\.0\.0\.1:1: nothing listens there/],
    [['--queue', 'redis://127.0.0.1:1', '--worktree'], 2, /--worktree: not with --queue/],
  ])('refuses what can not be: %j', async (words, code, message) => {
    const home = freshHome();
    const run = await sluiceHere(['batch', '-', 'x', '--out', 'o.jsonl', ...words], {
      claude: null,
      home,
      input: 'a\n',
    });
    expect([run.exitCode, run.stderr]).toEqual([code, expect.stringMatching(message)]);
    expect(run.stderr).not.toContain('hunter2');
    expect(existsSync(join(home.project, 'o.jsonl.journal'))).toBe(false);
  });
});
