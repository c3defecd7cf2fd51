import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MessagesApi } from '../../../src/demo/messages-api.ts';
import { since } from '../../support/claude.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { hanging, plain } from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

/** A home with files in it, by their paths. */
function homeWith(files: Readonly<Record<string, string>>): Home {
  const home = freshHome();
  for (const [path, content] of Object.entries(files)) {
    const file = join(home.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return home;
}

const reader = (name: string): string => `---\nname: ${name}\ndescription: Reads.\ntools: Read\n---\nYou read.\n`;

const modelCalls = (api: MessagesApi): unknown[] => api.requests.filter(({ method }) => method === 'POST');

const SCHEMA = JSON.stringify({ type: 'object', properties: { verdict: { type: 'string' } } });

describe.runIf(since('2.1.0'))('an agent', () => {
  it('that does not exist is refused before anything is asked', async () => {
    const api = await stub(plain);
    const home = homeWith({
      'project/.claude/agents/ours.md': reader('ours'),
      '.claude/agents/mine.md': reader('mine'),
    });
    const given = '--agents={"given":{"description":"d","prompt":"p","tools":["Read"]}}';
    const run = await sluice(['--agent', 'nobody', given, '--record', 'r.ndjson', '--json', 'hi'], { api, home });
    expect(run.exitCode).toBe(2);
    const { outcome } = run.bundle();
    expect(outcome).toMatchObject({
      class: 'usage',
      message: expect.stringMatching(/^--agent nobody: claude has no such agent; there are /),
      evidence: { stoppedBy: 'unmet' },
    });
    // Those of claude, of the user, of the project and of --agents.
    for (const name of ['Explore', 'mine', 'ours', 'given'])
      expect(outcome.message).toMatch(new RegExp(`\\b${name}\\b`));
    expect(modelCalls(api)).toEqual([]);
    // What claude says of its set-up, the account among it, is for nobody else.
    expect(run.bundle().messages).toEqual([]);
  });

  it.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'of a plugin, without its name',
      'mine',
      {
        'project/plug/.claude-plugin/plugin.json': '{"name":"plug","version":"1.0.0"}',
        'project/plug/agents/mine.md': reader('mine'),
      },
      ['--plugin-dir=plug'],
    ],
    [
      'of claude itself',
      'Explore',
      {},
      ['--tools=default', '--dangerously-skip-permissions', '--permission-mode=plan'],
    ],
  ])('%s is used, and no word is said of it', async (_, name, files, flags) => {
    const run = await sluice(['--agent', name, ...flags, '--json', 'hi'], {
      home: homeWith(files),
      api: await stub(plain),
      env: { IS_SANDBOX: '1' },
    });
    expect(run.exitCode).toBe(0);
    expect(run.bundle().outcome.warnings).toEqual([]);
    const init = run.bundle().messages.find(({ message }) => message['subtype'] === 'init');
    // Those of the test may read and do nothing else.
    expect(JSON.stringify(init?.message['tools'])).toMatch(name === 'mine' ? /^\["Read"\]$/ : /"Bash".*"Read"/);
  });

  it('that can answer in no shape is told, not the answer blamed', async () => {
    const run = await sluice(['--agent=mine', '--json-schema', SCHEMA, 'hi'], {
      home: homeWith({ '.claude/agents/mine.md': reader('mine') }),
      // One request may be under way by then; its answer would be kept.
      api: await stub(hanging),
    });
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(/^sluice: usage: --json-schema: claude offers the model no StructuredOutput.*\n$/);
  });
});

describe.runIf(since('2.1.0'))('what else was asked for', () => {
  it('ends the run when it is the permission mode, and settings forbid it', async () => {
    const settings = JSON.stringify({ permissions: { disableBypassPermissionsMode: 'disable' } });
    const run = await sluice(['--dangerously-skip-permissions', 'hi'], {
      home: homeWith({ '.claude/settings.json': settings }),
      api: await stub(plain),
      env: { IS_SANDBOX: '1' },
    });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toMatch(/^sluice: usage: permission mode bypassPermissions was asked for, .* in default: .*\n$/);
  });

  it('ends the run when it is all tools there were to be', async () => {
    const run = await sluice(['--tools=read', 'hi'], { api: await stub(plain) });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toMatch(/^sluice: usage: --tools: claude has none of these, .*: read \(Read\?\)\n$/);
  });

  it('is no matter where it is there: tools by either name, rules of other times, and a plan, in safe mode', async () => {
    const tools = [
      '--tools=Read,Grep,Glob,Task,WebFetch,Bash',
      '--allowed-tools=Bash(git log:*),LS,TodoWrite,mcp__memory',
    ];
    const flags = [...tools, '--safe-mode', '--permission-mode=plan', '--json'];
    const run = await sluice([...flags, 'hi'], { api: await stub(plain) });
    expect(run.bundle().outcome).toMatchObject({ class: 'success', warnings: [] });
  });
});
