import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../support/claude.ts';
import { freshHome } from '../../support/folder.ts';
import { plain, unauthenticated } from '../../support/scenarios.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { API_KEY, sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

describe('sluice doctor', () => {
  it('finds nothing wrong where all is well, and tells by a request that the login is good', async () => {
    const api = await stub(plain);
    const run = await sluice(['doctor', '--probe', '--json'], { api });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const report = JSON.parse(run.stdout);
    expect(report.ok).toBe(true);
    const ofClaude = { check: 'claude', level: 'ok', what: expect.stringMatching(new RegExp(`version ${VERSION}$`)) };
    const ofProbe = { check: 'probe', level: 'ok', what: expect.stringMatching(/ answered in [\d.]+ s/) };
    expect(report.findings).toEqual(expect.arrayContaining([ofClaude, ofProbe]));
    expect(run.stdout).not.toContain(API_KEY);
  });

  it('tells of a login that is refused, and of MCP servers that do not come up', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, '.mcp.json'), JSON.stringify({ mcpServers: { broken: { command: 'false' } } }));
    const run = await sluice(['doctor', '--probe', '--start-mcp'], { home, api: await stub(unauthenticated) });
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toMatch(/^probe +✗ a tiny request was not answered: auth: /m);
    expect(run.stdout).toMatch(/! MCP server broken not started/);
  });

  it.each<[string, Readonly<Record<string, string | undefined>>]>([
    ['no claude', { PATH: '/nowhere' }],
    ['no claude, no home and a temporary folder that is not there', { PATH: '', HOME: '/nowhere', TMPDIR: '/nowhere' }],
  ])('works on a machine that has %s', async (_, env) => {
    const run = await sluiceHere(['doctor'], {
      claude: '/nowhere/claude',
      env: { ANTHROPIC_API_KEY: undefined, ...env },
    });
    expect(run).toMatchObject({ exitCode: 1, stderr: '' });
    expect(run.stdout).toMatch(/^claude +✗ SLUICE_CLAUDE_PATH: \/nowhere\/claude does not exist; /);
    expect(run.stdout).toMatch(/^login +✗ there is no key/m);
  });

  it('takes broken settings for a finding, and goes by those of the environment', async () => {
    const home = freshHome();
    mkdirSync(join(home.path, '.config/sluice'), { recursive: true });
    writeFileSync(join(home.path, '.config/sluice/config.json'), '{"timeout": ');
    const run = await sluiceHere(['doctor', 'mcp'], { home, claude: '/nowhere/claude' });
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toMatch(/^claude +✗ SLUICE_CLAUDE_PATH: /);
    expect(run.stdout).toMatch(/^sluice +✗ .*config\.json: not valid JSON/m);
  });

  it('knows what it can look at', async () => {
    expect(await sluiceHere(['doctor', 'cat'])).toMatchObject({
      exitCode: 2,
      stderr: 'sluice: usage: cat: expected nothing, or mcp or serve\n',
    });
  });
});
