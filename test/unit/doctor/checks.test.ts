import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkClaude } from '../../../src/doctor/checks/claude.ts';
import { checkMcpServers } from '../../../src/doctor/checks/mcp-servers.ts';
import { checkNetwork } from '../../../src/doctor/checks/network.ts';
import { checkServers } from '../../../src/doctor/checks/servers.ts';
import { checkSettings } from '../../../src/doctor/checks/settings.ts';
import { checkStorage } from '../../../src/doctor/checks/storage.ts';
import { checkTerminal } from '../../../src/doctor/checks/terminal.ts';
import { setUp, told } from './set-up.ts';

describe('claude', () => {
  it('that is not there is an error, with how to get it', async () => {
    expect(await checkClaude(setUp(), (name) => name)).toEqual([
      expect.objectContaining({
        level: 'error',
        what: 'claude not found on PATH',
        fix: expect.stringContaining('npm install'),
      }),
    ]);
  });

  it('that is another program is an error', async () => {
    const findings = await checkClaude({ ...setUp(), claude: process.execPath }, (name) => name);
    expect(told(findings, 'error')).toEqual([expect.stringContaining('does not say that it is Claude Code')]);
  });
});

describe("claude's settings", () => {
  it('are listed from the one that yields to the one that wins, by the names of what they set', () => {
    const setup = setUp({
      '.claude/settings.json': { model: 'opus' },
      'project/.claude/settings.json': { hooks: {}, permissions: {} },
      'project/.claude/settings.local.json': {},
    });
    expect(told(checkSettings(setup), 'ok')).toEqual([
      `${join(setup.home, '.claude/settings.json')} (the user's) sets model`,
      `${join(setup.cwd, '.claude/settings.json')} (the project's) sets hooks, permissions`,
      `${join(setup.cwd, '.claude/settings.local.json')} (the project's, local) sets nothing`,
    ]);
  });

  it.each([
    ['a variable that is set otherwise', { env: { A: 'file', B: 'same' } }, /^"env" in .* overrides .*: A$/],
    ['permissions for all', { permissions: { defaultMode: 'bypassPermissions' } }, /has all tools run without asking/],
    ['what is no JSON', '{"env": {"KEY": "hidden"', /can't be used: it is not valid JSON$/],
    ['what is no object', '[]', /can't be used: it is no JSON object$/],
  ])('are told with %s', (_, settings, what) => {
    const findings = checkSettings(setUp({ '.claude/settings.json': settings }, { A: 'typed', B: 'same' }));
    expect(told(findings, 'warning')).toEqual([expect.stringMatching(what)]);
    expect(JSON.stringify(findings)).not.toMatch(/hidden|typed/);
  });
});

describe('MCP servers', () => {
  it('are listed by the file that they stand in, and told where claude would ignore them', () => {
    const mcpServers = { good: { command: 'x' }, lost: { url: 'http://127.0.0.1:9/' } };
    const findings = checkMcpServers(setUp({ 'project/.mcp.json': { mcpServers } }), {});
    expect(told(findings, 'ok')).toEqual(['2 in .mcp.json: good, lost; not started (--start-mcp does)']);
    expect(told(findings, 'warning')).toEqual([expect.stringMatching(/^lost of .mcp.json will be ignored: .*"type"/)]);
  });

  it('are told to be missing where their file can not be used', () => {
    const setup = setUp({ 'project/.mcp.json': '{"mcpServers": {"a": {"env": {"KEY": "hidden"' });
    const findings = checkMcpServers(setup, {});
    const what = `${join(setup.cwd, '.mcp.json')} can't be used: it is not valid JSON`;
    expect(findings).toMatchObject([{ level: 'warning', what }]);
    expect(JSON.stringify(findings)).not.toContain('hidden');
    expect(told(checkMcpServers(setup, { strictMcpConfig: true }), 'warning')).toEqual([]);
  });
});

it('files that can not be used are named as a shell reads them', () => {
  const setup = setUp({ 'my project/.mcp.json': '[]', 'my project/.claude/settings.json': '[]' });
  const there = { ...setup, cwd: join(setup.home, 'my project') };
  const fixes = [...checkMcpServers(there, {}), ...checkSettings(there)].map(({ fix }) => fix);
  const files = ['.mcp.json', '.claude/settings.json'].map((file) => join(there.cwd, file));
  expect(fixes).toEqual(files.map((file) => `jq . '${file}'`));
});

describe('the network', () => {
  it.each([
    [{ HTTPS_PROXY: 'http://user:word@proxy:3128' }, 'note', /through the proxy at proxy:3128 /],
    [{ https_proxy: 'proxy:3128' }, 'note', /through the proxy at proxy:3128 /],
    [{ HTTPS_PROXY: 'http://' }, 'error', /^HTTPS_PROXY is no URL$/],
    [{ ALL_PROXY: 'socks5://127.0.0.1:1080' }, 'error', /SOCKS/],
    [{ NODE_EXTRA_CA_CERTS: '/nowhere.pem' }, 'error', /\/nowhere\.pem, which is not there$/],
    [{ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'warning', /switches the check of certificates off$/],
    [{ ANTHROPIC_BASE_URL: 'api.example.com' }, 'error', /^ANTHROPIC_BASE_URL is no URL/],
    [{ ANTHROPIC_BASE_URL: 'http://api.example.com' }, 'warning', /api\.example\.com without encryption$/],
    [
      { ANTHROPIC_BASE_URL: 'http://127.0.0.1:9', HTTP_PROXY: 'http://proxy' },
      'warning',
      /NO_PROXY does not keep 127\.0\.0\.1 from$/,
    ],
  ] as const)('with %j is told as a %s', (env, level, what) => {
    expect(told(checkNetwork(setUp({}, env)), level)).toEqual([expect.stringMatching(what)]);
  });

  it('as it mostly is needs no word', () => {
    const spared = { ANTHROPIC_BASE_URL: 'http://localhost:9', HTTP_PROXY: 'http://proxy', NO_PROXY: 'a, localhost' };
    expect(told(checkNetwork(setUp({}, spared)), 'warning')).toEqual([]);
    expect(checkNetwork(setUp())).toEqual([{ level: 'ok', what: expect.any(String) }]);
  });
});

describe('the disk', () => {
  it('is looked at where runs write', () => {
    const setup = setUp();
    expect(told(checkStorage(setup), 'ok')).toContain(`claude keeps its sessions in ${join(setup.home, '.claude')}`);
  });
});

describe('a terminal', () => {
  it.each([
    [
      { LANG: 'C' },
      { isTTY: true, columns: 30, colorLevel: 0 },
      ['30 columns are few: lines will be folded a lot', 'the locale is C, not UTF-8'],
    ],
    [{ LANG: 'C', LC_ALL: 'de_DE.utf8' }, { isTTY: true, columns: 80, colorLevel: 3 }, []],
    [{}, { isTTY: false, columns: 80, colorLevel: 0 }, []],
  ])('with %j as %j', (env, screen, notes) => {
    expect(told(checkTerminal(setUp({}, env), screen), 'note')).toEqual(notes);
  });
});

describe('a server', () => {
  const nothing = { ports: [], tokensFile: undefined, roots: ['/srv'], flaw: null };

  it('does not start where another listens', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const port = Number(Reflect.get(Object(other.address()), 'port'));
    const findings = await checkServers({ ...nothing, ports: [{ host: '127.0.0.1', port, flag: '--port' }] });
    expect(told(findings, 'error')).toEqual([`something else listens at 127.0.0.1:${port} (--port)`]);
  });

  it('lets nobody in whose tokens are over, and says which lines are none', async () => {
    const line = {
      subject: 'alice',
      scopes: ['query'],
      expires: '2020-01-01T00:00:00.000Z',
      created: '2019-01-01T00:00:00.000Z',
    };
    const { home } = setUp({
      tokens: `${JSON.stringify({ digest: `sha256:${'0'.repeat(64)}`, ...line })}\nnonsense\n`,
    });
    const findings = await checkServers({ ...nothing, tokensFile: join(home, 'tokens') });
    expect(told(findings, 'error')).toEqual([expect.stringContaining('has no token that is still good')]);
    expect(told(findings, 'warning')).toEqual([expect.stringContaining('line 2')]);
  });

  it('whose settings contradict each other is told why', async () => {
    expect(told(await checkServers({ ...nothing, flaw: '--root: no' }), 'error')).toEqual(['--root: no']);
  });
});
