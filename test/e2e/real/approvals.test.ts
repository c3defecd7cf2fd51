import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTurn, text, toolUse } from '../../../src/demo/script.ts';
import { run, type ToolCall } from '../../../src/run.ts';
import { CLAUDE } from '../../support/claude.ts';
import { freshHome } from '../../support/folder.ts';
import { API_KEY, sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';
import { HAS_TERMINAL, openTerminal } from '../../support/terminal.ts';

const MARK = 'made by claude';
const making = inTurn([toolUse('Bash', { command: `echo '${MARK}' > made`, description: 'make it' })], [text('Over.')]);

describe('in the library', () => {
  async function askedOf(behavior: 'allow' | 'deny', disallowedTools: readonly string[] = []) {
    const home = freshHome();
    const calls: ToolCall[] = [];
    const api = await stub(making);
    const env = {
      PATH: process.env['PATH'],
      HOME: home.path,
      ANTHROPIC_BASE_URL: api.url,
      ANTHROPIC_API_KEY: API_KEY,
      DISABLE_TELEMETRY: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    };
    const canUseTool = (call: ToolCall) => {
      calls.push(call);
      return { behavior, by: 'ann' };
    };
    const request = { prompt: 'make it', cwd: home.project, claudePath: CLAUDE, disallowedTools };
    const ending = await run(request, [], { env, canUseTool });
    return { ending, calls, isMade: existsSync(join(home.project, 'made')) };
  }

  it('a call is made when it is allowed', async () => {
    const { ending, calls, isMade } = await askedOf('allow');
    expect(ending).toMatchObject({ class: 'success', warnings: [] });
    expect(calls).toMatchObject([{ tool: 'Bash', input: { command: `echo '${MARK}' > made` } }]);
    expect(calls[0]?.shown).toContain(MARK);
    expect(isMade).toBe(true);
    expect(ending.report.approvals).toMatchObject([
      { tool: 'Bash', decision: 'allowed', because: 'answered', by: 'ann' },
    ]);
  });

  it('a call is not made when it is denied', async () => {
    const { ending, calls, isMade } = await askedOf('deny');
    expect(ending.class).toBe('success');
    expect(ending.report.permissionDenials).toMatchObject([{ tool_name: 'Bash' }]);
    expect([calls.length, isMade]).toEqual([1, false]);
  });

  it('nobody is asked about what is denied already', async () => {
    const { calls, isMade } = await askedOf('allow', ['Bash']);
    expect([calls.length, isMade]).toEqual([0, false]);
  });
});

describe.runIf(HAS_TERMINAL)('at a terminal', () => {
  async function answered(keys: string, pipe = '', flags = '') {
    const home = freshHome();
    const shell = openTerminal([], { api: await stub(making), home });
    await shell.shows('ready ');
    shell.take();
    shell.type(`${pipe}eval "$SLUICE --ask ${flags} -o text 'make it'"; echo "code $?"\n`);
    await shell.shows('Allow it?');
    if (keys !== '') shell.type(keys);
    await shell.shows('code 0');
    const screen = shell.take();
    shell.type('exit\n');
    await shell.run.finished;
    return { screen, isMade: existsSync(join(home.project, 'made')) };
  }

  it('the whole call is shown, and made for a yes, also where stdin is a pipe', async () => {
    const { screen, isMade } = await answered('y\n', 'echo log | ');
    expect(screen).toContain(`"command": "echo '${MARK}' > made"`);
    expect(screen).toContain('Over.');
    expect(isMade).toBe(true);
  });

  it('the answer is no when none comes in time', async () => {
    const { screen, isMade } = await answered('', '', '--ask-timeout 1s');
    expect(screen).toContain('no answer: denied');
    expect(isMade).toBe(false);
  });
});

it('--ask is refused before anything is spent where there is no terminal', async () => {
  const api = await stub(making);
  const { exitCode, stderr } = await sluice(['--ask', 'make it'], { api, shell: (command) => `setsid -w ${command}` });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--ask: there is no terminal to ask at');
  expect(api.requests).toEqual([]);
});
