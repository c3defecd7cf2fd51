import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RESULT_LINE } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { streamOf } from '../../support/recordings.ts';
import { sluice, startSluice } from '../../support/sluice.ts';
import { HAS_TERMINAL, openTerminal } from '../../support/terminal.ts';
import { until } from '../../torture/until.ts';

const claude = fileURLToPath(new URL('../../support/item-claude.sh', import.meta.url));

/** A claude whose first two starts meet a limit that resets four seconds later, to the second. */
const LIMITED_TWICE = `#!/bin/sh
cd "$(dirname "$0")"
while read -r line; do case $line in *'"type":"user"'*) break ;; esac; done
date +%s >> begun
if [ "$(wc -l < begun)" -le 2 ]; then
  sed "s/\\"resetsAt\\":[0-9]*/\\"resetsAt\\":$(($(date +%s) + 4))/" limited
  exit 1
fi
echo '${RESULT_LINE}'
cat > /dev/null
`;

describe('sluice batch', () => {
  it('runs plain lines from stdin with one prompt, and writes what is made at the end', async () => {
    const files = ['--csv', 'out.csv', '--summary', 'summary.json', '--report', 'report.html'];
    const run = await sluice(['batch', '-', 'item=x;', '--out', 'out.jsonl', ...files], {
      claude,
      input: 'one\n\ntwo\n',
    });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toMatch(/^done +2$/m);
    const ids = [...run.file('out.jsonl').matchAll(/^\{"id":"(.*?)"/gm)].map(([, id]) => id);
    expect(new Set(ids)).toEqual(new Set(['1', '3']));
    expect(run.file('out.csv')).toMatch(/^id\r\n/);
    expect(JSON.parse(run.file('summary.json'))).toMatchObject({ done: 2, exitCode: 0, source: 'stdin' });
    expect(run.file('report.html')).toContain('2 of 2 done');
  });

  it('lets what runs finish at the first Ctrl-C, and goes on the next time', async () => {
    const home = freshHome();
    writeFileSync(
      join(home.project, 'items.jsonl'),
      ['a', 'b', 'c'].map((id) => `{"id":"${id}","prompt":"item=${id};"}\n`).join(''),
    );
    const words = ['batch', 'items.jsonl', '--out', 'out.jsonl', '--concurrency', '1', '--spares', '0'];
    const first = startSluice(words, { claude, home, env: { SECONDS_OF_WORK: '2' } });
    await until('there is a journal', () => existsSync(join(home.project, 'out.jsonl.journal')));
    first.kill('SIGINT');
    const { exitCode, stderr } = await first.finished;
    expect([exitCode, stderr]).toEqual([130, expect.stringContaining('no more items begin')]);
    const second = await sluiceHere([...words, '-o', 'json'], { claude, home });
    expect(second.exitCode).toBe(0);
    expect(JSON.parse(second.stdout)).toMatchObject({ done: 3, notDone: {} });
  });

  it("waits for a subscription's usage limit with all its items, which costs none of them a try, and goes on with those that had not begun", async () => {
    const home = freshHome();
    const path = join(home.path, 'claude');
    writeFileSync(join(home.path, 'limited'), streamOf('oauth-429-unified'));
    writeFileSync(path, LIMITED_TWICE, { mode: 0o700 });
    writeFileSync(join(home.project, 'items.txt'), 'one\ntwo\nthree\n');
    const words = ['batch', 'items.txt', '--out', 'out.jsonl', '--concurrency', '2', '--spares', '0', '--tries', '1'];
    const run = await sluice([...words, '--retry-max-wait', '1s', '-o', 'json'], { claude: path, home });
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ done: 3, notDone: {}, runs: 3 });
    const [first, , third] = readFileSync(join(home.path, 'begun'), 'utf8').split('\n').map(Number);
    expect(Number(third) - Number(first)).toBeGreaterThanOrEqual(3);
  });

  it.runIf(HAS_TERMINAL)('says what Ctrl-C does above what is drawn of the items', async () => {
    const home = freshHome();
    const { run, type, shows, take } = openTerminal(['batch', '-', 'item=x;', '--out', 'out.jsonl'], {
      claude,
      home,
      env: { SECONDS_OF_WORK: '1' },
    });
    await shows('ready ');
    type('printf "one\\ntwo\\n" | sh -c "exec $SLUICE"\n');
    await shows('2 running');
    type('\u0003');
    await shows('start it again to go on');
    // The cursor is moved to where the first item was drawn.
    expect(take()).toMatch(/\r\u001B\[2Asluice: no more items begin/);
    type('exit\n');
    await run.finished;
  });

  it('takes turns where a lock is set for all runs, and tells what it passes over', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'items.jsonl'), '{"id":"a","prompt":"item=a;"}\n');
    const env = { SLUICE_LOCK: 'nightly', SLUICE_HISTORY: '1' };
    const first = startSluice(['batch', 'items.jsonl', '--out', 'out.jsonl'], {
      claude,
      home,
      env: { ...env, SECONDS_OF_WORK: '2' },
    });
    await until('there is a journal', () => existsSync(join(home.project, 'out.jsonl.journal')));
    const words = ['batch', '-', '--out', 'other.jsonl'];
    const second = await sluiceHere(words, { claude, home, env, input: '' });
    expect([second.exitCode, second.stderr]).toEqual([
      75,
      expect.stringMatching(/SLUICE_HISTORY: for one run.*\n.*SLUICE_LOCK: another run has this lock/),
    ]);
    const third = await sluiceHere([...words, '--lock-wait', '1m'], { claude, home, env, input: '' });
    expect(third).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('there is no item in stdin') });
    expect((await first.finished).exitCode).toBe(0);
  });

  it('keeps secrets out of all that it writes', async () => {
    const home = freshHome();
    const token = `ghp_${'aB3dE5gH7jK9mN1p'.repeat(3).slice(0, 36)}`;
    writeFileSync(
      join(home.project, `${token}.csv`),
      `id,prompt,note\n${token},why?,\nb,item=b;,${token}\nc,"x${token}"y,\n`,
    );
    const files = ['--csv', 'out.csv', '--summary', 'summary.json', '--report', 'report.html'];
    const run = await sluiceHere(['batch', `${token}.csv`, '--out', 'out.jsonl', ...files], { claude, home });
    expect(run.exitCode).toBe(1);
    const written = [
      'out.jsonl',
      'out.jsonl.journal',
      'out.jsonl.failed.jsonl',
      'out.csv',
      'summary.json',
      'report.html',
    ];
    expect([run.stdout, run.stderr, ...written.map(run.file)].join('')).not.toContain(token);
  });

  it.each<[readonly string[], RegExp]>([
    [['batch', '--out', 'o'], /no items: name a file, - for stdin, or --for/],
    [['batch', 'none.jsonl', '--out', 'o'], /none\.jsonl cannot be read: no such file/],
    [['batch', '-'], /--out: say where results go/],
    [['batch', '-', '--out', 'o', '--record', 'r'], /--record: it is for one run/],
    [['batch', '-', '--out', 'o', '--patches', 'p'], /--patches: .*add --worktree/],
    [['batch', '--for', '*.md', '--out', 'o'], /--for: no file matches \*\.md/],
    [['batch', '-', '--out', 'o.jsonl', '--csv', 'o.jsonl.journal'], /--out and --csv both lead to o\.jsonl\.journal/],
  ])('refuses what can not be: %j', async (words, message) => {
    const { exitCode, stderr } = await sluiceHere(words, { claude, input: '' });
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it('says with --dry-run what would be run, and of which size', async () => {
    const { exitCode, stdout, stderr } = await sluiceHere(['batch', '-', '--dry-run'], {
      claude,
      input: '{"id":"a","prompt":"why?"}\n{"id":"a"}\n',
    });
    expect([exitCode, stdout]).toEqual([2, 'a\t2\n']);
    expect(stderr).toMatch(
      /^sluice: stdin:2: nothing to ask: .*\nsluice: 1 item, about 2 tokens of prompts; nothing was sent/,
    );
  });
});
