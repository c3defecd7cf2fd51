import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { begin, type Step, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';

const aborted = { subtype: 'error_during_execution', is_error: true, terminal_reason: 'aborted_streaming' };

describe('a claude that begins something else than was asked', () => {
  it('is interrupted at its first message', async () => {
    const fake: readonly Step[] = [
      { prompt: true },
      { init: { permissionMode: 'bypassPermissions' } },
      { interrupt: true },
      { result: aborted },
    ];
    const run = await sluiceHere(['--permission-mode=plan', '--json', 'hi'], { fake });
    expect(run.exitCode).toBe(2);
    expect(run.bundle()).toMatchObject({
      result: { success: false },
      outcome: { class: 'usage', message: expect.stringContaining('permission mode plan was asked for') },
    });
    expect(run.stderr).not.toContain('--resume');
  });

  it('is not believed when it is faster', async () => {
    const run = await sluiceHere(['--permission-mode=plan', 'hi'], {
      fake: [{ prompt: true }, { init: { permissionMode: 'auto' } }, ...succeed],
    });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toMatch(/^sluice: usage: permission mode plan /);
  });

  it('may change its mode later on', async () => {
    const run = await sluiceHere(['--permission-mode=default', 'hi'], {
      fake: [...begin, { init: { permissionMode: 'plan' } }, ...succeed],
    });
    expect(run).toMatchObject({ exitCode: 0, stdout: 'done\n', stderr: '' });
  });
});

it('that a conversation began anew is told where its transcript is written after the result', async () => {
  const home = freshHome();
  const folder = join(home.path, '.claude/projects/-p');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(home.project, 'late'), `${JSON.stringify({ timestamp: '2099-01-01T00:00:00.000Z' })}\n`);
  const transcript = join(folder, '11111111-2222-4333-8444-555555555555.jsonl');
  const run = await sluiceHere(['--continue', 'hi'], {
    home,
    fake: [...begin, ...succeed, { goodbye: true }, { spawn: `mv late ${transcript}` }, { until: transcript }],
  });
  expect(run.stderr).toContain('there was no conversation of');
});

it('what claude says of its set-up is in no output', async () => {
  const account = { email: 'someone@example.com' };
  const reply = {
    type: 'control_response',
    response: { subtype: 'success', request_id: 'sluice-1', response: { account } },
  };
  const run = await sluiceHere(['--agents={"spy":{}}', '--record', 'r.ndjson', '--ndjson', 'hi'], {
    fake: [{ print: reply }, ...begin, ...succeed],
  });
  expect(run.exitCode).toBe(0);
  expect(run.events().map(({ message }) => message.type)).toEqual(['system', 'assistant', 'result', 'sluice']);
  expect(run.stdout + run.file('r.ndjson')).not.toContain('someone');
});
