import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { whatClaudeSees } from '../../support/confession.ts';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { type Invocation, sluice, startSluice } from '../../support/sluice.ts';

const fake = [...begin, ...succeed];
const EMPTY =
  'nothing was piped in: stdin ended after 0 bytes; say --no-stdin where that is right, --require-stdin where it must not be';

describe('an empty pipe', () => {
  it('is a warning, in the bundle and on stderr', async () => {
    const run = await sluiceHere(['--json', 'why?'], { fake, input: '' });
    expect(run).toMatchObject({ exitCode: 0, stderr: `sluice: warning: ${EMPTY}\n` });
    expect(run.bundle().outcome).toMatchObject({ class: 'success', warnings: [EMPTY] });
  });

  it.each<[string, Invocation]>([
    ['a pipe whose writer failed', { input: '' }],
    ['the null device', {}],
    ['a variable that asks for it', { env: { SLUICE_REQUIRE_STDIN: '1' } }],
  ])('is nothing to ask about with --require-stdin: %s', async (_, invocation) => {
    const args = invocation.env === undefined ? ['--require-stdin'] : [];
    const run = await sluice([...args, '--json', 'why?'], { fake, ...invocation });
    expect(run.exitCode).toBe(2);
    expect(run.bundle().outcome).toMatchObject({ class: 'usage', exitCode: 2 });
    expect(run.stderr).toMatch(
      /^sluice: usage: (?:--require-stdin|SLUICE_REQUIRE_STDIN): nothing (?:is|was) piped in.*\n$/,
    );
  });

  it('leaves a command to be one', async () => {
    const run = await sluiceHere(['update'], { fake, input: '' });
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(/"update" is no prompt but a command/);
  });
});

describe('--no-stdin', () => {
  it.skipIf(process.platform === 'win32')('leaves the list of a loop alone, as a pipe and as a file', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'list'), 'one\ntwo\nthree\n');
    for (const loop of ['cat list | while read -r x', 'while read -r x']) {
      const run = await sluice(['--no-stdin', 'hi'], {
        home,
        fake,
        shell: (command) => `${loop}; do ${command}; done ${loop.startsWith('cat') ? '' : '< list'}`,
      });
      expect(run).toMatchObject({ stdout: 'done\n'.repeat(3), stderr: '' });
    }
  });

  it('is for runs: replay and redact read what they are given', async () => {
    const env = { SLUICE_NO_STDIN: '1', SLUICE_REQUIRE_STDIN: '1' };
    expect(await sluiceHere(['redact'], { input: 'text', env })).toMatchObject({ exitCode: 0, stdout: 'text' });
    const run = await sluiceHere(['--ndjson', 'hi'], { fake });
    expect(await sluiceHere(['replay', '-'], { input: run.stdout, env })).toMatchObject({
      exitCode: 0,
      stdout: 'done\n',
    });
  });

  it('is no --require-stdin', async () => {
    const run = await sluiceHere(['--require-stdin', 'hi'], { fake, input: 'x', env: { SLUICE_NO_STDIN: '1' } });
    expect(run).toMatchObject({
      exitCode: 2,
      stderr: 'sluice: usage: --require-stdin: stdin is left alone by SLUICE_NO_STDIN; leave one of them out\n',
    });
  });
});

describe('what is piped in', () => {
  it('may be UTF-16, as files may be', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'ask.txt'), Buffer.from('\uFEFFWarum größer?', 'utf16le'));
    const { heard } = await whatClaudeSees(['--prompt-file', 'ask.txt'], {
      home,
      input: Buffer.from('\uFEFFlogé\r\n', 'utf16le').swap16(),
    });
    expect(JSON.stringify(heard)).toMatch(/\\nlogé\\r\\n<.*"Warum größer\?"/);
  });

  it('is refused when it is binary, by the name of its file where it has one', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'app.log.gz'), gzipSync('log'));
    const run = await sluice(['why?'], { home, fake, shell: (command) => `${command} < app.log.gz` });
    expect(run).toMatchObject({
      exitCode: 2,
      stderr: 'sluice: usage: stdin cannot be read: it is gzip, and no text; try: gunzip -c app.log.gz | sluice …\n',
    });
  });

  it('is read no further than the limit, whatever that is', async () => {
    const run = startSluice(['--max-prompt', '1g', 'why?'], { fake, input: '', staysOpen: true });
    const endless = spawn('cat', ['/dev/zero'], { stdio: ['ignore', 'pipe', 'ignore'] });
    if (run.stdin !== null) endless.stdout.pipe(run.stdin);
    const finished = await run.finished;
    endless.kill();
    await once(endless, 'close');
    expect(finished).toMatchObject({ exitCode: 2, stdout: '' });
    expect(finished.stderr).toMatch(
      /^sluice: usage: stdin has more than 67108864 bytes.* tail -c 67000000 \| sluice …\n$/,
    );
  });
});
