import { existsSync, lstatSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { begin, type Step, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { HAS_PROC } from '../../support/minded-signals.ts';
import { survivorsOf } from '../../support/processes.ts';
import { type InvocationHere, sluiceHere } from '../../support/in-process.ts';
import { sluice, startSluice } from '../../support/sluice.ts';

const endless: readonly Step[] = [...begin, { flood: 2_000 }, { interrupt: true }, { result: { is_error: true } }];

/** Of two times in nanoseconds. */
function secondsBetween(start: string, end: string): number {
  return Number(BigInt(end.trim()) - BigInt(start.trim())) / 1e9;
}

describe('stdout', () => {
  it('may be closed early: claude is stopped, and the exit code is 141', async () => {
    const run = await sluice(['--ndjson', '--bundle', 'b.json', 'hi'], {
      fake: endless,
      shell: (command) => `(${command}; echo $? > code) | head -c 200`,
    });
    expect(run.stdout).toHaveLength(200);
    expect(run.file('code')).toBe('141\n');
    expect(run.stderr).not.toMatch(/EPIPE|^\s+at /m);
    expect(run.bundleFile('b.json').outcome).toMatchObject({ class: 'interrupted', exitCode: 141 });
    expect(await survivorsOf(run.home.path)).toEqual([]);
  });

  describe.runIf(HAS_PROC)('that nobody reads any more, while claude works on in silence,', () => {
    const silent: readonly Step[] = [...begin, { say: 'one' }, { sleep: 30_000 }, ...succeed];

    it.each([
      ['ndjson', 'head -c 10'],
      ['json', 'true'],
      ['text', 'sleep 2'],
    ])('ends the run soon, in %s for %s', async (format, reader) => {
      const run = await sluice(['-o', format, '--bundle', 'b.json', 'hi'], {
        fake: silent,
        shell: (command) => `(${command}; echo $? > code; date +%s%N > end) | (${reader}; date +%s%N > start)`,
      });
      expect(run.file('code')).toBe('141\n');
      expect(run.stderr).toContain('interrupted: the reader of the output went away');
      expect(run.bundleFile('b.json')).toMatchObject({
        partial: true,
        outcome: { class: 'interrupted', exitCode: 141 },
      });
      // It takes 5 s at most where nothing else is done; who did not mind would take 30.
      expect(secondsBetween(run.file('start'), run.file('end'))).toBeLessThan(20);
    });

    it('ends a replay of what is still being recorded', async () => {
      const run = await sluice(['replay', '-o', 'ndjson'], {
        staysOpen: true,
        shell: (command) => `(${command}; echo $? > code) | true; cat code`,
      });
      expect(run.stdout).toBe('141\n');
    });
  });

  it('may be a socket that its reader closes', async () => {
    const run = startSluice(['--ndjson', 'hi'], { fake: endless });
    await run.prints('line 1');
    run.leave();
    expect((await run.finished).exitCode).toBe(141);
    expect(await survivorsOf(run.home.path)).toEqual([]);
  });

  it.each(['text', 'json'])('may be closed before the answer in %s is there', async (format) => {
    const run = await sluice(['-o', format, 'hi'], {
      fake: [...begin, { sleep: 500 }, ...succeed],
      shell: (command) => `(${command}; echo $? > code) | true`,
    });
    expect(run.file('code')).toBe('141\n');
    expect(run.stderr).not.toMatch(/EPIPE|^\s+at /m);
  });

  it.runIf(existsSync('/dev/full')).each(['json', 'ndjson', 'pretty'])(
    'that cannot be written ends the run with 74, with %s',
    async (format) => {
      const run = await sluice(['-o', format, '--bundle', 'b.json', 'hi'], {
        fake: [...begin, ...succeed],
        shell: (command) => `${command} > /dev/full`,
      });
      expect(run.exitCode).toBe(74);
      expect(run.stderr).toMatch(/^sluice: .*stdout.*ENOSPC.*\n/);
      expect(run.bundleFile('b.json').result.summary).toBe('done');
    },
  );
});

describe('stderr', () => {
  it.each([
    ['a success', [...begin, { complain: 'bad news' }, ...succeed], 0],
    ['a failure', [...begin, { exit: 9 }], 6],
  ] as const)('may have no reader: %s stays one', async (_, fake, exitCode) => {
    const run = await sluice(['-o', 'stream-json', 'hi'], {
      fake,
      env: { SLUICE_NOTHING: '1' },
      shell: (command) => `(sleep 0.2; ${command} 2>&1 > out; echo $? > code) | true`,
    });
    expect(run.file('code')).toBe(`${exitCode}\n`);
    expect(run.file('out')).toContain('"subtype":"init"');
  });
});

describe('--record and --bundle', () => {
  it('write files that only their owner can read, and leave nothing else', async () => {
    const run = await sluiceHere(['--record', 'r.ndjson', '--bundle', 'b.json', 'hi'], {
      fake: [...begin, ...succeed],
    });
    expect(run).toMatchObject({ exitCode: 0, stdout: 'done\n', stderr: '' });
    expect(readdirSync(run.home.project).sort()).toEqual(['b.json', 'r.ndjson']);
    expect(run.file('r.ndjson').split('\n')).toHaveLength(5);
    expect(run.bundleFile('b.json').result).toEqual({ success: true, summary: 'done' });
  });

  it('writes the record as it happens', async () => {
    const run = startSluice(['--ndjson', '--record', 'r.ndjson', 'hi'], {
      fake: [...begin, { say: 'early' }, { interrupt: true }, { result: { is_error: true } }],
    });
    await run.prints('early');
    const record = await sluiceHere(['replay', 'r.ndjson', '--json'], { home: run.home });
    expect(record.bundle().result.summary).toBe('early');
    run.kill('SIGINT');
    await run.finished;
  });

  it.each([
    ['--record', 'missing/r.ndjson'],
    ['--bundle', 'missing/b.json'],
    ['--record', '.'],
    ['--bundle', '.'],
  ])('%s %s, which cannot be written, is told before claude is started', async (option, path) => {
    const run = await sluiceHere([option, path, 'hi'], { fake: [...begin, ...succeed] });
    expect(run).toMatchObject({ exitCode: 74, stdout: '' });
    expect(run.stderr).toMatch(new RegExp(`^sluice: output_error: ${option}: .*${path}.* cannot be written: .*\\n$`));
  });

  it.runIf(existsSync('/dev/full'))(
    '--record on a full disk: the answer is still printed, and the exit code is 74',
    async () => {
      const run = await sluiceHere(['--record', '/dev/full', 'hi'], { fake: [...begin, ...succeed] });
      expect(run).toMatchObject({ exitCode: 74, stdout: 'done\n' });
      expect(run.stderr).toMatch(
        /^sluice: output_error: --record: \/dev\/full cannot be written: no space left on device \(ENOSPC\)\n$/,
      );
    },
  );

  it('keeps a recording from other runs, for as long as its own lives', async () => {
    const home = freshHome();
    const first = startSluice(['--ndjson', '--record', 'r.ndjson', 'hi'], {
      home,
      leaves: true,
      fake: [...begin, { say: 'now' }, { hang: true }],
    });
    await first.prints('now');
    const other: InvocationHere = { home, fake: [...begin, ...succeed] };
    const second = await sluiceHere(['--record', './r.ndjson', 'hi'], other);
    expect(second).toMatchObject({ exitCode: 2, stdout: '' });
    expect(second.stderr).toMatch(
      /^sluice: usage: --record: another run \(process \d+\) is writing .*r\.ndjson; .*\n$/,
    );
    expect(second.file('r.ndjson')).toContain('now');
    first.kill('SIGKILL');
    await first.finished;
    expect(await sluiceHere(['--record', 'r.ndjson', 'hi'], other)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readdirSync(home.project)).toEqual(['r.ndjson']);
  });

  it.each([
    ['one path', ['--record', 'x', '--bundle', './y/../x'], '--record and --bundle both lead to ./y/../x'],
    ['a file that is read', ['--record', 'in.txt', '--file', 'in.txt'], '--record: in.txt is read by this run'],
  ])('are refused with %s', async (_, args, reason) => {
    const home = freshHome();
    writeFileSync(join(home.project, 'in.txt'), 'kept');
    const run = await sluiceHere([...args, '-p', 'hi'], { home, fake: [...begin, ...succeed] });
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(`sluice: usage: ${reason}; `);
    expect(run.file('in.txt')).toBe('kept');
    expect(readdirSync(home.project)).toEqual(['in.txt']);
  });

  it.skipIf(process.platform === 'win32')('share stdout, whatever it is', async () => {
    for (const seen of ['| cat', '> file && cat file']) {
      const run = await sluice(['--record', '/dev/stdout', 'hi'], {
        fake: [...begin, ...succeed],
        shell: (command) => `${command} ${seen}`,
      });
      expect(run.stdout.split('\n')).toHaveLength(6);
      expect(run.stdout).toMatch(/"code":"ending".*\ndone\n$/);
    }
  });

  it.runIf(process.platform === 'linux')('--bundle writes through a link to a pipe, and leaves the link', async () => {
    const home = freshHome();
    symlinkSync('/proc/self/fd/1', join(home.project, 'out'));
    const run = await sluice(['--bundle', 'out', 'hi'], {
      home,
      fake: [...begin, ...succeed],
      shell: (command) => `${command} | cat`,
    });
    expect(run.stdout).toMatch(/^\{"schemaVersion":1,.*\}\ndone\n$/);
    expect(lstatSync(join(home.project, 'out')).isSymbolicLink()).toBe(true);
  });

  it('--bundle replaces an older file only when the run is over', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'b.json'), 'older');
    const run = startSluice(['--ndjson', '--bundle', 'b.json', 'hi'], {
      home,
      fake: [...begin, { say: 'now' }, { interrupt: true }, { result: { is_error: true } }],
    });
    await run.prints('now');
    expect(readdirSync(home.project)).toEqual(['b.json']);
    run.kill('SIGINT');
    expect((await run.finished).bundleFile('b.json').partial).toBe(true);
    expect(readdirSync(home.project)).toEqual(['b.json']);
  });
});
