import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inTurn, text, toolUse } from '../../../src/demo/script.ts';
import { run, type ToolCall } from '../../../src/run.ts';
import { CLAUDE } from '../../support/claude.ts';
import { freshHome } from '../../support/folder.ts';
import { environment, sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';
import { HAS_TERMINAL, openTerminal } from '../../support/terminal.ts';

const MARK = 'made by claude';
const making = (file: string) => toolUse('Bash', { command: `echo '${MARK}' > ${file}`, description: `make ${file}` });

it('in the library a call is made when it is allowed, not when it is denied, and nobody is asked about what is denied already', async () => {
  const home = freshHome();
  const calls: ToolCall[] = [];
  const denied = toolUse('Write', { file_path: join(home.project, 'third'), content: MARK });
  const api = await stub(inTurn([making('first')], [making('second')], [denied], [text('Over.')]));
  const env = environment({ api }, home);
  const canUseTool = (call: ToolCall) => {
    calls.push(call);
    return { behavior: calls.length === 1 ? 'allow' : 'deny', by: 'ann' } as const;
  };
  const request = { prompt: 'make it', cwd: home.project, claudePath: CLAUDE, disallowedTools: ['Write'] };
  const { class: ended, warnings, report } = await run(request, [], { env, canUseTool });
  expect(ended).toBe('success');
  expect(warnings).toEqual([expect.stringMatching(/denied/)]);
  expect(calls).toMatchObject(
    ['first', 'second'].map((file) => ({ tool: 'Bash', input: { command: `echo '${MARK}' > ${file}` } })),
  );
  expect(calls[0]?.shown).toContain(MARK);
  expect(['first', 'second', 'third'].map((file) => existsSync(join(home.project, file)))).toEqual([
    true,
    false,
    false,
  ]);
  expect(report.approvals).toMatchObject([
    { tool: 'Bash', decision: 'allowed', because: 'answered', by: 'ann' },
    { tool: 'Bash', decision: 'denied', because: 'answered', by: 'ann' },
  ]);
  expect(report.permissionDenials).toMatchObject([{ tool_name: 'Bash' }]);
});

it.runIf(HAS_TERMINAL)(
  'at a terminal the whole call is shown, and made for a yes, also where stdin is a pipe; no answer in time is a no',
  async () => {
    const home = freshHome();
    const api = await stub(inTurn([making('first')], [making('second')], [text('Over.')]));
    const shell = openTerminal([], { api, home });
    await shell.shows('ready ');
    shell.take();
    shell.type(`echo log | eval "$SLUICE --ask --ask-timeout 6s -o text 'make it'"; echo "code $?"\n`);
    await shell.shows('Allow it?');
    shell.type('y\n');
    await shell.shows('code 0');
    const screen = shell.take();
    shell.type('exit\n');
    await shell.run.finished;
    expect(screen).toContain(`"command": "echo '${MARK}' > first"`);
    expect(screen).toContain('no answer: denied');
    expect(screen).toContain('Over.');
    expect(['first', 'second'].map((file) => existsSync(join(home.project, file)))).toEqual([true, false]);
  },
);

it('--ask is refused before anything is spent where there is no terminal', async () => {
  const api = await stub(inTurn([making('first')], [text('Over.')]));
  const { exitCode, stderr } = await sluice(['--ask', 'make it'], { api, shell: (command) => `setsid -w ${command}` });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--ask: there is no terminal to ask at');
  expect(api.requests).toEqual([]);
});
