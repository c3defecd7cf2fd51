import { describe, expect, it } from 'vitest';
import { begin, succeed } from '../../support/fake.ts';
import { sluiceHere } from '../../support/in-process.ts';

describe('what a model or a tool says', () => {
  const attack = [
    '::set-output name=result::stolen',
    '##vso[task.complete result=Failed]',
    '\u001B]0;title\u0007\u001B[2J\u009B31m',
    'safe \u202Egnp.exe\u2066',
    'back\rspace\b\b',
  ].join('\n');

  it('acts on no terminal and no CI through pretty', async () => {
    const run = await sluiceHere(['-o', 'pretty', 'hi'], {
      fake: [...begin, { say: attack }, { result: { result: attack } }],
    });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
    expect(run.stdout).not.toMatch(/^(?:::|##)/m);
    expect(run.stdout).toContain('set-output');
  });

  it('is escaped in the formats for programs, and comes out the same when they are read', async () => {
    for (const format of ['json', 'ndjson', 'stream-json']) {
      const run = await sluiceHere(['-o', format, 'hi'], { fake: [...begin, { say: attack }, { result: {} }] });
      expect(run.stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
      const lines = run.stdout
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
      expect(JSON.stringify(lines)).toContain(JSON.stringify(attack).slice(1, -1));
    }
  });

  it('comes as it is as text into a pipe', async () => {
    const run = await sluiceHere(['hi'], { fake: [...begin, { say: attack }, { result: { result: attack } }] });
    expect(run.stdout).toBe(`${attack}\n`);
  });

  it('cannot forge a line of sluice on stderr', async () => {
    const message = 'broken\nsluice: success: all is well\u001B[2K';
    const run = await sluiceHere(['hi'], {
      fake: [...begin, { result: { is_error: true, result: message } }, { exit: 1 }],
    });
    expect(run.exitCode).toBe(1);
    expect(run.stderr.split('\n')[0]).toMatch(/^sluice: failed: broken sluice: success: all is well/);
    expect(run.stderr).not.toContain('\u001B');
    expect(run.stderr).not.toMatch(/^sluice: success/m);
  });
});

describe('pretty off a terminal', () => {
  it('tells how a run ended, also when it did not end well', async () => {
    const run = await sluiceHere(['-o', 'pretty', 'hi'], { fake: [...begin, { say: 'half' }, { exit: 3 }] });
    expect(run.exitCode).toBe(6);
    expect(run.stdout).toMatch(/│ half$/m);
    expect(run.stdout).toMatch(/│ ✗ crashed\b.*exit code 3/m);
  });

  it('shows a command with what came of it, clipped', async () => {
    const run = await sluiceHere(['-o', 'pretty', 'hi'], {
      fake: [...begin, { bash: `echo ${'x'.repeat(500)}` }, ...succeed],
    });
    const line = run.stdout.split('\n').find((text) => text.includes('● Bash')) ?? '';
    expect(line).toMatch(/● Bash echo x+…$/);
    expect(line.length).toBeLessThan(200);
  });
});
