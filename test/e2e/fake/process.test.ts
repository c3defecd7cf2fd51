import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { begin, RESULT_LINE, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { sluiceThatMinds } from '../../support/minded-signals.ts';
import { namedPipe } from '../../support/named-pipe.ts';
import { survivorsOf } from '../../support/processes.ts';
import { sluice, startSluice } from '../../support/sluice.ts';

describe("claude's process", () => {
  it('may say a great deal on stderr without ever waiting for a reader', async () => {
    const run = await sluice(['--json', 'hi'], {
      fake: [...begin, { complain: 'x'.repeat(99).concat('\n').repeat(1_000) }, ...succeed],
    });
    expect(run.exitCode).toBe(0);
    expect(run.bundle().claude.stderr.length).toBeLessThanOrEqual(64 * 1024);
    expect(run.bundle().claude.stderr).toMatch(/x\n$/);
  });

  it('may go away without having read a large prompt', async () => {
    const run = await sluice(['hi'], { fake: [{ exit: 1 }], input: 'x'.repeat(5_000_000) });
    expect(run.exitCode).toBe(6);
    expect(run.stderr).toMatch(/^sluice: crashed: .+\n$/);
  });

  it('may leave a child that holds its output open: the run ends all the same', async () => {
    const home = freshHome();
    const script = join(home.path, 'claude');
    writeFileSync(script, `#!/bin/sh\nread prompt\nsleep 30 &\necho '${RESULT_LINE}'\n`, { mode: 0o755 });
    const start = performance.now();
    const run = await sluice(['hi'], { home, claude: script });
    expect(run).toMatchObject({ exitCode: 0, stdout: 'done\n' });
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  it('is one of a group that goes with it when it is stopped', async () => {
    const home = freshHome();
    const script = join(home.path, 'claude');
    writeFileSync(script, "#!/bin/sh\ntrap '' INT TERM\nsleep 60 &\nsleep 61\n", { mode: 0o755 });
    const run = await sluice(['--timeout', '500ms', 'hi'], { home, claude: script });
    expect(run.exitCode).toBe(124);
    expect(await survivorsOf(home.path)).toEqual([]);
  });
});

describe("sluice's process", () => {
  it('tells its own crash in one line without secrets, and exits with 70', async () => {
    const home = freshHome();
    const crash = join(home.path, 'crash.mjs');
    // Loaded into claude as well, which is Node here: it crashes sluice alone.
    writeFileSync(
      crash,
      `if (process.argv[1].endsWith('sluice.js')) setTimeout(() => { throw new Error('boom ' + process.env.ANTHROPIC_API_KEY); }, 1000);`,
    );
    const run = await sluice(['-o', 'text', 'hi'], {
      home,
      env: { NODE_OPTIONS: `--import=${pathToFileURL(crash).href}`, ANTHROPIC_API_KEY: 'sk-ant-fake-1234567890abcdef' },
      fake: [...begin, { hang: true }],
    });
    expect(run).toMatchObject({ exitCode: 70, stdout: '' });
    expect(run.stderr).toMatch(/^sluice: internal: boom \[REDACTED:[^\]]+\]\n$/);
  });

  it('tells a promise that nobody took care of in the same way', async () => {
    const home = freshHome();
    const crash = join(home.path, 'crash.mjs');
    writeFileSync(
      crash,
      `if (process.argv[1].endsWith('sluice.js')) setTimeout(() => void Promise.reject(new Error('boom')), 1000);`,
    );
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(crash).href}` };
    const run = await sluice(['hi'], { home, env, fake: [...begin, { hang: true }] });
    expect(run).toMatchObject({ exitCode: 70, stderr: 'sluice: internal: boom\n' });
  });

  it.skipIf(process.platform === 'win32')('tells in one line that it has no descriptors left', async () => {
    const run = await sluice(['hi'], {
      fake: [...begin, ...succeed],
      shell: (command) => `ulimit -n ${NODE_ITSELF}; exec ${command}`,
    });
    expect(run.exitCode).toBe(70);
    expect(run.stderr).toMatch(/^sluice: internal: [^\n]*(?:EMFILE|too many open files)[^\n]*\n$/);
  });

  describe.runIf(canUnshare())('as the first of a container', () => {
    const inContainer = (command: string): string => `exec unshare --pid --fork --mount-proc ${command}`;

    it('ends by a signal like everybody else, with what was there', async () => {
      const home = freshHome();
      const run = startSluice(['--ndjson', '--bundle', 'b.json', 'hi'], {
        home,
        fake: [
          ...begin,
          { say: 'So far' },
          { interrupt: true },
          { result: { subtype: 'error_during_execution', is_error: true } },
        ],
        shell: inContainer,
      });
      await run.prints('So far');
      process.kill(await sluiceThatMinds('SIGHUP', home), 'SIGTERM');
      const finished = await run.finished;
      expect(finished.exitCode).toBe(143);
      expect(finished.bundleFile('b.json')).toMatchObject({ partial: true, result: { summary: 'So far' } });
    });

    it('ends by one while it waits for its prompt', async () => {
      const home = freshHome();
      const pipe = namedPipe(home.project);
      const run = startSluice(['--prompt-file', pipe], { home, fake: [...begin, ...succeed], shell: inContainer });
      process.kill(await sluiceThatMinds('SIGTSTP', home), 'SIGTERM');
      expect((await run.finished).exitCode).toBe(143);
    });

    it('ends by one when no run is going on', async () => {
      const home = freshHome();
      const run = startSluice(['config', '--secret-file', namedPipe(home.project)], { home, shell: inContainer });
      process.kill(await sluiceThatMinds('SIGHUP', home), 'SIGINT');
      expect((await run.finished).exitCode).toBe(130);
    });
  });
});

/** Enough descriptors for Node to start, too few for anything else. */
const NODE_ITSELF = 24;

function canUnshare(): boolean {
  return spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0;
}
