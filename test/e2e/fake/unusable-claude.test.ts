import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { begin, FAKE_CLAUDE, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { sluice } from '../../support/sluice.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A folder for `PATH` with an executable in it that is called claude. */
function claudeIn(folder: string, script: string, mode = 0o755): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'claude'), script, { mode });
  return join(folder, 'claude');
}

const asFake = `#!/bin/sh\nexec '${process.execPath}' '${FAKE_CLAUDE}' "$@"\n`;

describe('a claude that cannot be used', () => {
  it.each([
    ['is not there', () => '/nowhere/claude', /\/nowhere\/claude does not exist; .*npm install -g/],
    ['is a folder', (folder: string) => dirname(folder), /is a directory/],
    ['is not executable', (folder: string) => claudeIn(folder, asFake, 0o644), /is not executable/],
    ['is no program', (folder: string) => claudeIn(folder, '\u0000\u0001\u0002junk'), /claude .*(?:program|claude)/],
    [
      'has an interpreter that is not there',
      (folder: string) => claudeIn(folder, '#!/nowhere/sh\n'),
      /could not be started|not a program/,
    ],
    [
      'prints junk',
      (folder: string) => claudeIn(folder, '#!/bin/sh\necho hello\necho world\n'),
      /does not behave like a claude/,
    ],
    ['is another program', () => '/bin/echo', /does not behave like a claude/],
    [
      'is too old to know how sluice talks',
      (folder: string) => claudeIn(folder, '#!/bin/sh\necho "error: unknown option \'--input-format\'" >&2\nexit 1\n'),
      /does not behave like a claude .*--input-format.*update it/,
    ],
  ])('%s: one line, exit code 3', async (_, make, line) => {
    const home = freshHome();
    const run = await sluiceHere(['hi'], { home, claude: make(join(home.path, 'bin')) });
    expect(run.stderr).toMatch(/^sluice: claude_not_found: .+\n$/);
    expect(run.stderr).toMatch(line);
    expect(run).toMatchObject({ exitCode: 3, stdout: '' });
  });

  it('names who chose it', async () => {
    const run = await sluiceHere(['hi'], { claude: '/nowhere/claude' });
    expect(run.stderr).toMatch(/^sluice: claude_not_found: SLUICE_CLAUDE_PATH: /);
    const flag = await sluiceHere(['--claude', '/nowhere/claude', 'hi'], { claude: null });
    expect(flag.stderr).toMatch(/^sluice: claude_not_found: --claude: /);
  });

  it('gives a bundle all the same', async () => {
    const run = await sluiceHere(['--json', 'hi'], { claude: '/nowhere/claude' });
    expect(run.bundle()).toMatchObject({
      result: { success: false, summary: '' },
      outcome: { class: 'claude_not_found', exitCode: 3 },
      messages: [],
    });
  });
});

describe('a claude that ends without a word', () => {
  it.each([
    ['2.1.197 (Claude Code)', 'crashed', 6],
    ['1.0 (another program)', 'claude_not_found', 3],
  ])('and is, as it says, %s: %s', async (version, outcome, exitCode) => {
    const home = freshHome();
    const claude = claudeIn(join(home.path, 'bin'), `#!/bin/sh\n[ "$1" != --version ] || echo '${version}'\n`);
    const run = await sluiceHere(['--json', 'hi'], { home, claude });
    expect(run.bundle().outcome).toMatchObject({ class: outcome, exitCode });
    expect(run.exitCode).toBe(exitCode);
  });
});

describe('the claude that is used', () => {
  it('is the first on PATH that can be run', async () => {
    const home = freshHome();
    claudeIn(join(home.path, 'broken'), '', 0o644);
    claudeIn(join(home.path, 'good'), asFake);
    const path = [join(home.path, 'broken'), join(home.path, 'good'), process.env['PATH']].join(':');
    const run = await sluiceHere(['--json', 'hi'], {
      home,
      claude: null,
      fake: [...begin, ...succeed],
      env: { PATH: path },
    });
    expect(run.bundle().claude.path).toBe(join(home.path, 'good', 'claude'));
  });

  it('is never one from the working directory', async () => {
    const home = freshHome();
    claudeIn(home.project, '#!/bin/sh\ntouch was-run\n');
    claudeIn(join(home.path, 'good'), asFake);
    const path = ['.', '', home.project, join(home.path, 'good'), process.env['PATH']].join(':');
    const run = await sluiceHere(['--json', 'hi'], {
      home,
      claude: null,
      fake: [...begin, ...succeed],
      env: { PATH: path },
    });
    expect(run.bundle().claude.path).toBe(join(home.path, 'good', 'claude'));
  });

  it('is missing where there is none on PATH and none beside sluice: one line says how to install it', async () => {
    const home = freshHome();
    const elsewhere = join(home.path, 'sluice');
    for (const name of ['bin', 'dist', 'package.json'])
      cpSync(join(ROOT, name), join(elsewhere, name), { recursive: true });
    const run = await sluice(['hi'], {
      home,
      claude: null,
      env: { PATH: dirname(process.execPath) },
      bin: join(elsewhere, 'bin', 'sluice.js'),
    });
    expect(run).toMatchObject({
      exitCode: 3,
      stdout: '',
      stderr:
        'sluice: claude_not_found: claude not found on PATH; install it with "npm install -g @anthropic-ai/claude-code" or pass --claude PATH\n',
    });
  });
});
