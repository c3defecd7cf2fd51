import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { locateClaude } from '../../../../src/claude/start/locate.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const SCRIPT = '#!/bin/sh\n';

/** A folder with executables in it, by their paths. */
function folderWith(...paths: readonly string[]): string {
  const folder = temporaryFolder(Object.fromEntries(paths.map((path) => [path, SCRIPT])));
  for (const path of paths) chmodSync(join(folder, path), 0o755);
  return folder;
}

describe('locateClaude, told where', () => {
  it('takes that one and looks nowhere else', () => {
    const folder = folderWith('mine/claude-dev', 'bin/claude');
    const explicit = join(folder, 'mine/claude-dev');
    expect(locateClaude({ explicit, path: join(folder, 'bin'), cwd: '/' })).toBe(explicit);
  });

  it('takes a path from the working directory, which the user chose', () => {
    const folder = folderWith('mine/claude');
    expect(locateClaude({ explicit: './mine/claude', path: '', cwd: folder })).toBe(join(folder, 'mine/claude'));
  });

  it.each([
    [
      'gone',
      /^claudePath: gone does not exist; give the path of another, or .*npm install -g @anthropic-ai\/claude-code"$/,
    ],
    ['plain/x', /^claudePath: plain\/x does not exist;/],
    ['folder', /^claudePath: folder is a directory;/],
    ['plain', /^claudePath: plain is not executable;/],
    ['dangling', /^claudePath: dangling does not exist;/],
  ])('says what is wrong with %s', (explicit, message) => {
    const folder = temporaryFolder({ plain: SCRIPT });
    mkdirSync(join(folder, 'folder'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
    expect(() => locateClaude({ explicit, path: '', cwd: folder })).toThrow(
      expect.objectContaining({ code: 'claude_not_found', message: expect.stringMatching(message) }),
    );
  });

  it('names who chose it', () => {
    expect(() => locateClaude({ explicit: 'gone', layer: 'SLUICE_CLAUDE_PATH', path: '', cwd: '/' })).toThrow(
      /^SLUICE_CLAUDE_PATH: gone does not exist/,
    );
  });

  it('says what the system says of a path that leads nowhere', () => {
    const folder = temporaryFolder();
    symlinkSync('claude', join(folder, 'claude'));
    expect(() => locateClaude({ explicit: 'claude', path: '', cwd: folder })).toThrow(/cannot be used \(ELOOP\)/);
  });
});

describe('locateClaude, told nothing', () => {
  it('takes the first on PATH that can be run', () => {
    const folder = temporaryFolder({ 'b/claude': SCRIPT });
    mkdirSync(join(folder, 'a/claude'), { recursive: true });
    const good = folderWith('c/claude', 'd/claude');
    const path = [join(folder, 'none'), join(folder, 'a'), join(folder, 'b'), join(good, 'c'), join(good, 'd')].join(
      ':',
    );
    expect(locateClaude({ path, cwd: '/' })).toBe(join(good, 'c/claude'));
  });

  it('passes over the working directory and what is relative to it', () => {
    const hostile = folderWith('claude', 'bin/claude');
    const good = folderWith('claude');
    const here = relative(process.cwd(), hostile);
    const path = ['', '.', 'bin', here, join(here, 'bin'), `${hostile}/`, `${hostile}/bin/..`, good].join(':');
    expect(locateClaude({ path, cwd: hostile })).toBe(join(good, 'claude'));
  });

  it('passes over the working directory under another name', () => {
    const hostile = folderWith('claude');
    const good = folderWith('claude');
    symlinkSync(hostile, join(good, 'alias'));
    expect(locateClaude({ path: [join(good, 'alias'), good].join(':'), cwd: hostile })).toBe(join(good, 'claude'));
  });

  it.each([undefined, '', '/nowhere'])('falls back on the one installed beside sluice with PATH %j', (path) => {
    expect(locateClaude({ path, cwd: '/' })).toMatch(/node_modules\/@anthropic-ai\/claude-code/);
  });
});
