import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { begin, type FakeScript, type Step, succeed } from '../../support/fake.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { sluice, startSluice } from '../../support/sluice.ts';

const CACHE = ['--cache', '1h', '--json'];

/** What it says at its first start, and at its second. */
const twice = (first: readonly Step[], second: readonly Step[] = [{ say: 'again' }, { result: {} }]): FakeScript => [
  [...begin, ...first],
  [...begin, ...second],
];

const folderOf = ({ path }: Home): string => join(path, '.local/state/sluice/cache');

const answersOf = (home: Home): string[] =>
  readdirSync(folderOf(home))
    .filter((name) => name.endsWith('.answer'))
    .map((name) => join(folderOf(home), name));

describe('an answer', () => {
  it.each<[string, readonly Step[], readonly string[]]>([
    ['a tool was used', [{ bash: 'date' }, ...succeed], []],
    ['it failed', [{ result: { is_error: true, subtype: 'error_during_execution' } }], []],
    [
      'a hook had its say',
      [
        {
          print: { type: 'system', subtype: 'hook_response', hook_id: '1', hook_name: 'x', hook_event: 'SessionStart' },
        },
      ],
      [],
    ],
    ['nothing is masked', succeed, ['--no-redact']],
    ['a session is gone on with', succeed, ['--continue']],
  ])('is not kept where %s', async (_, first, flags) => {
    const home = freshHome();
    const fake = twice([...first, ...(first.length === 1 && !('result' in first[0]!) ? succeed : [])]);
    await sluiceHere([...CACHE, ...flags, 'hi'], { home, fake });
    const second = await sluiceHere([...CACHE, ...flags, 'hi'], { home, fake });
    expect(second.bundle()).not.toHaveProperty('cached');
    expect(second.bundle().result.summary).toBe('done');
  });

  it('is asked for again where its file was cut short, which is told', async () => {
    const home = freshHome();
    const fake = twice(succeed);
    await sluiceHere([...CACHE, 'hi'], { home, fake });
    const [file = ''] = answersOf(home);
    writeFileSync(file, readFileSync(file).subarray(0, -9));
    const second = await sluiceHere([...CACHE, 'hi'], { home, fake });
    expect(second.bundle()).not.toHaveProperty('cached');
    expect(second.stderr).toBe('sluice: warning: --cache: a kept answer is passed over: it is not what was written\n');
    expect((await sluiceHere([...CACHE, 'hi'], { home, fake })).bundle()).toHaveProperty('cached');
  });

  it('is waited for by whoever asks the same meanwhile, and asked for by the other where the first is killed', async () => {
    const home = freshHome();
    const fake: FakeScript = [
      [...begin, { say: 'never' }, { hang: true }],
      [...begin, ...succeed],
    ];
    const first = startSluice(['--cache', '1h', '--ndjson', 'hi'], { home, fake, leaves: true });
    await first.prints('never');
    first.kill('SIGKILL');
    // Of those that have waited for one in vain, each asks for itself.
    await first.finished;
    const others = [1, 2].map(() => sluice([...CACHE, 'hi'], { home, fake }));
    const bundles = (await Promise.all(others)).map((other) => other.bundle());
    expect(bundles.map(({ result }) => result.summary)).toEqual(['done', 'done']);
    expect(bundles.filter(({ cached }) => cached !== undefined)).toHaveLength(1);
  });
});

describe('sluice cache', () => {
  it('lists answers, and clears them', async () => {
    const home = freshHome();
    expect(await sluiceHere(['cache'], { home })).toMatchObject({ exitCode: 0, stdout: 'no answers are kept\n' });
    const run = await sluiceHere([...CACHE, 'why?\u001B[31m'], { home, fake: [...begin, ...succeed] });
    const listed = await sluiceHere(['cache', 'list'], { home });
    expect(listed.stdout).toMatch(new RegExp(`^ +now +\\d+  ${run.bundle().runId}  fake-model  why\\?␛\\[31m\\n$`));
    const json: unknown = JSON.parse((await sluiceHere(['cache', '--json'], { home })).stdout);
    expect(json).toMatchObject({
      folder: folderOf(home),
      answers: [{ runId: run.bundle().runId, model: 'fake-model' }],
    });
    expect(await sluiceHere(['cache', 'clear'], { home })).toMatchObject({ exitCode: 0, stdout: '1 answer cleared\n' });
    expect(answersOf(home)).toEqual([]);
  });

  it.each([
    [['cache', 'invalidation'], 'invalidation: expected list or clear'],
    [['cache', '--model', 'opus'], '--model: it is for runs, not for sluice cache'],
    [['--cache', '8d', 'hi'], '--cache: "8d" is not a duration such as 90s, 5m or 1h30m, at most 7d'],
  ])('refuses %j', async (args, words) => {
    const run = await sluiceHere(args);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(words);
  });
});
