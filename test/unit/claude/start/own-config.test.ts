import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createOwnConfig, type OwnConfig } from '../../../../src/claude/start/own-config.ts';
import { createPrivateFolder } from '../../../../src/system/private-folder.ts';

/** A home with these files, by path and content. */
function homeWith(files: Readonly<Record<string, string>>): string {
  const home = mkdtempSync(join(realpathSync(tmpdir()), 'own-config-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), content);
  }
  return home;
}

interface Made extends OwnConfig {
  readonly path: string;
}

function ownConfig(home: string, env: Readonly<Record<string, string>> = {}): Made {
  const folder = createPrivateFolder();
  onTestFinished(() => void folder.remove());
  const config = createOwnConfig(folder, { HOME: home, USERPROFILE: home, ...env }, home);
  return { ...config, path: join(folder.path, 'config') };
}

function contentOf(...path: readonly string[]): string {
  return readFileSync(join(...path), 'utf8');
}

describe("a run's own configuration", () => {
  it('is a folder that its owner alone can enter, and that claude is told of', () => {
    const { variables, path } = ownConfig(homeWith({}));
    expect(variables['CLAUDE_CONFIG_DIR']).toBe(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(readdirSync(path)).toEqual([]);
  });

  it('has copies of what claude writes, which nobody else can read', () => {
    const home = homeWith({ '.claude.json': '{"a":1}', '.claude/settings.json': '{"b":2}' });
    const { path } = ownConfig(home);
    for (const name of ['.claude.json', 'settings.json']) {
      expect(lstatSync(join(path, name)).isFile()).toBe(true);
      expect(statSync(join(path, name)).mode & 0o777).toBe(0o600);
      writeFileSync(join(path, name), '{}');
    }
    expect(contentOf(home, '.claude.json')).toBe('{"a":1}');
    expect(contentOf(home, '.claude/settings.json')).toBe('{"b":2}');
  });

  it('leads to what claude only reads', () => {
    const { path } = ownConfig(homeWith({ '.claude/CLAUDE.md': 'be kind', '.claude/skills/one/SKILL.md': 'skill' }));
    expect(contentOf(path, 'CLAUDE.md')).toBe('be kind');
    expect(contentOf(path, 'skills', 'one', 'SKILL.md')).toBe('skill');
    expect(lstatSync(join(path, 'skills')).isSymbolicLink()).toBe(true);
  });

  it('has nothing of other runs: no sessions, no history', () => {
    const { path } = ownConfig(
      homeWith({ '.claude/projects/x/1.jsonl': '', '.claude/history.jsonl': '', '.claude/sessions/1.json': '{}' }),
    );
    expect(readdirSync(path)).toEqual([]);
  });

  it('has the lists of plugins, but not the folders that they name', () => {
    const home = homeWith({
      '.claude/plugins/installed_plugins.json': '{"version":2}',
      '.claude/plugins/cache/market/plugin/1.0.0/plugin.json': '{}',
      '.claude/plugins/marketplaces/market/marketplace.json': '{}',
      '.claude/plugins/data/plugin/state': 'kept',
    });
    const plugins = join(ownConfig(home).path, 'plugins');
    expect(readdirSync(plugins).sort()).toEqual(['data', 'installed_plugins.json']);
    expect(contentOf(plugins, 'data', 'plugin', 'state')).toBe('kept');
  });

  it('comes from the directory that the user chose, where it has its own .claude.json', () => {
    const home = homeWith({ '.claude.json': 'wrong', 'mine/.claude.json': 'right', 'mine/CLAUDE.md': 'mine' });
    const { path, variables } = ownConfig(home, { CLAUDE_CONFIG_DIR: 'mine' });
    expect(contentOf(path, '.claude.json')).toBe('right');
    expect(contentOf(path, 'CLAUDE.md')).toBe('mine');
    expect(variables['CLAUDE_SECURESTORAGE_CONFIG_DIR']).toBe('mine');
  });

  it('comes from the home when the chosen directory is empty text', () => {
    const { path, variables } = ownConfig(homeWith({ '.claude.json': 'right' }), { CLAUDE_CONFIG_DIR: '' });
    expect(contentOf(path, '.claude.json')).toBe('right');
    expect(variables['CLAUDE_SECURESTORAGE_CONFIG_DIR']).toBe('');
  });

  it('says what it could not read', () => {
    const home = homeWith({ '.claude/settings.json/not-a-file': '' });
    expect(() => ownConfig(home)).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringMatching(/^isolate: .*settings\.json cannot be read: .*\(EISDIR\)/),
      }),
    );
  });
});

describe("a run's login", () => {
  const LOGIN = '.claude/.credentials.json';

  /** What a version does that replaces the file. */
  function renew(path: string, content: string, when: Date): void {
    const login = join(path, '.credentials.json');
    rmSync(login);
    writeFileSync(login, content);
    utimesSync(login, when, when);
  }

  const later = new Date(Date.now() + 60_000);
  const earlier = new Date(Date.now() - 60_000);

  it('is looked for where the user has it', () => {
    expect(ownConfig(homeWith({})).variables['CLAUDE_SECURESTORAGE_CONFIG_DIR']).toBe('');
    const outer = { CLAUDE_CONFIG_DIR: 'inner', CLAUDE_SECURESTORAGE_CONFIG_DIR: '/outer' };
    expect(ownConfig(homeWith({}), outer).variables['CLAUDE_SECURESTORAGE_CONFIG_DIR']).toBe('/outer');
  });

  it('is the one of all runs: what is written to it is written for all', () => {
    const home = homeWith({ [LOGIN]: 'old' });
    const config = ownConfig(home);
    writeFileSync(join(config.path, '.credentials.json'), 'new');
    config.close();
    expect(contentOf(home, LOGIN)).toBe('new');
  });

  it('finds its way back when it was renewed by replacing the file', () => {
    const home = homeWith({ [LOGIN]: 'old' });
    const config = ownConfig(home);
    renew(config.path, 'new', later);
    config.close();
    expect(contentOf(home, LOGIN)).toBe('new');
    expect(statSync(join(home, LOGIN)).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(home, '.claude'))).toEqual(['.credentials.json']);
  });

  it('finds its way through a link of the user', () => {
    const home = homeWith({ 'vault/login': 'old', '.claude/CLAUDE.md': '' });
    symlinkSync(join(home, 'vault/login'), join(home, LOGIN));
    const config = ownConfig(home);
    renew(config.path, 'new', later);
    config.close();
    expect(lstatSync(join(home, LOGIN)).isSymbolicLink()).toBe(true);
    expect(contentOf(home, 'vault/login')).toBe('new');
  });

  it('gives way to one that another run renewed later', () => {
    const home = homeWith({ [LOGIN]: 'newest' });
    const config = ownConfig(home);
    renew(config.path, 'new', earlier);
    config.close();
    expect(contentOf(home, LOGIN)).toBe('newest');
  });

  it('stays away when the user logged out meanwhile', () => {
    const home = homeWith({ [LOGIN]: 'old' });
    const config = ownConfig(home);
    renew(config.path, 'new', later);
    rmSync(join(home, LOGIN));
    config.close();
    expect(readdirSync(join(home, '.claude'))).toEqual([]);
  });
});
