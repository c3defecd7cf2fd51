import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { fakeClaude } from '../../../src/testing/testing.ts';
import { freshHome } from '../../support/folder.ts';
import { streamOf } from '../../support/recordings.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { startSluice } from '../../support/sluice.ts';
import { atTestEnd } from '../../support/test-end.ts';

async function faked(...does: Parameters<typeof fakeClaude>) {
  const fake = await fakeClaude(...does);
  atTestEnd(fake.remove);
  return fake;
}

describe('a recording that stands in for claude', () => {
  it.each(['parallel', 'maxturns', 'partial'] as const)('does what %s did', async (name) => {
    const home = freshHome();
    writeFileSync(join(home.project, 'raw.ndjson'), streamOf(name));
    const raw = await sluiceHere(['replay', 'raw.ndjson', '--json'], { home });
    const program = await sluiceHere(['replay', 'raw.ndjson', '--as-claude'], { home });
    writeFileSync(join(home.project, 'claude'), program.bytes);
    chmodSync(join(home.project, 'claude'), 0o700);
    const run = await sluiceHere(['--record', 'run.ndjson', '--json', 'hi'], { home, claude: './claude' });
    expect([run.bundle().outcome.class, run.bundle().result]).toEqual([
      raw.bundle().outcome.class,
      raw.bundle().result,
    ]);
    expect(run.bundle().claude.cwd).toBe(home.project);
    // Ours of that run does too, in all that a recording knows.
    const ours = await sluiceHere(['replay', 'run.ndjson', '--as-claude'], { home });
    expect(program.stdout.slice(0, 100)).toBe(ours.stdout.slice(0, 100));
  });

  it('is refused where there is nothing in it', async () => {
    const run = await sluiceHere(['replay', '--as-claude'], { input: 'no recording\n' });
    expect(run).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('stdin: this is neither a recording'),
    });
  });
});

describe('a fake claude', () => {
  it('says what it is told to, in each format of claude, and keeps what it was asked', async () => {
    const { path, calls } = await faked([{ say: 'Done.' }]);
    expect(await execa(path, ['-p', 'hi'], { input: 'log' })).toMatchObject({ stdout: 'Done.', exitCode: 0 });
    const { stdout } = await execa(path, ['-p', 'hi', '--output-format', 'json'], { input: '' });
    expect(JSON.parse(stdout)).toMatchObject({ type: 'result', result: 'Done.' });
    const lines = await execa(path, ['-p', 'hi', '--output-format=stream-json', '--verbose'], {
      input: '',
      lines: true,
    });
    expect(lines.stdout.map((line) => JSON.parse(line).type)).toEqual(['system', 'assistant', 'result']);
    expect(await execa(path, ['--version'])).toMatchObject({
      stdout: expect.stringMatching(/^2\.1\.\d+ \(Claude Code\)$/),
    });
    expect(await sluiceHere(['why?'], { claude: path, input: 'a log\n' })).toMatchObject({
      exitCode: 0,
      stdout: 'Done.\n',
    });
    expect((await calls()).map(({ prompt }) => prompt.replaceAll(/ mark="\w+"/g, ''))).toEqual([
      'hi\nlog',
      'hi',
      'hi',
      expect.stringMatching(/^<attachment name="stdin">\na log\n<\/attachment>\nwhy\?/),
    ]);
  });

  it('heeds an interrupt over stdin, and a limit of time', async () => {
    const { path } = await faked([{ say: 'at work' }, { hang: true }]);
    const run = startSluice(['-o', 'ndjson', 'hi'], { claude: path });
    await run.prints('at work');
    run.kill('SIGINT');
    expect((await run.finished).exitCode).toBe(130);
    const limited = await sluiceHere(['--timeout', '1s', '--json', 'hi'], { claude: path });
    expect([limited.exitCode, limited.bundle().result.summary]).toEqual([124, 'at work']);
  });

  it.each([
    ['fails before a word', [{ complain: 'boom\n' }, { exit: 3 }], 'crashed'],
    ['fails after a good result', [{ result: {} }, { exit: 1 }], 'success'],
    [
      'calls tools and tells any message',
      [{ use: { tool: 'Bash', isError: true } }, { print: { type: 'news' } }],
      'success',
    ],
  ] as const)('%s', async (_, does, expected) => {
    const { path } = await faked(does);
    const run = await sluiceHere(['--json', 'hi'], { claude: path });
    expect(run.bundle().outcome.class).toBe(expected);
  });
});
