import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { processIds, statusOf, variableOf } from '../../../../src/system/process-files.ts';
import { type Origin, parseTable, processTable, psTable } from '../../../../src/claude/process-tree/process-table.ts';
import { monotonicMs } from '../../../../src/system/monotonic.ts';
import { PATIENCE } from './household.ts';

/** A shell that gives itself a name. */
function startNamed(name: string): number {
  const child = spawn('/bin/sh', ['-c', 'printf %s "$NAME" > /proc/$$/comm; read -r line'], {
    env: { PATH: process.env['PATH'], NAME: name },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid ?? 0;
}

function idsSince(origin: Origin): readonly number[] {
  return processTable()
    .read(origin)
    .map(({ pid }) => pid);
}

describe.runIf(process.platform === 'linux')('the processes of Linux', () => {
  it.each(['a) S 1 (b', ') Z 1 1', '(', 'two  blanks'])('may be called %j', async (name) => {
    const pid = startNamed(name);
    await vi.waitFor(() => expect(statusOf(pid)?.name).toBe(name), PATIENCE);
    expect(statusOf(pid)).toMatchObject({ parent: process.pid, start: expect.stringMatching(/^\d+$/) });
    expect(processTable().startOf(pid)).toBe(statusOf(pid)?.start);
  });

  it('can act on no terminal by their names', async () => {
    const pid = startNamed('\u001B[31mred\u0007');
    const names = () =>
      processTable()
        .read(null)
        .flatMap((entry) => (entry.pid === pid ? [entry.name] : []));
    await vi.waitFor(() => expect(names()).toEqual(['?[31mred?']), PATIENCE);
  });

  it('are told apart by age', () => {
    const { start = '0' } = statusOf(process.pid) ?? {};
    const young = idsSince({ pid: process.pid, start, seenAt: Number.NEGATIVE_INFINITY });
    expect(young).toContain(process.pid);
    expect(young.length).toBeLessThan(processIds().length);
    expect(young).not.toContain(1);
  });

  it('are told apart by their ids for as long as none was given twice', () => {
    const pid = startNamed('new');
    const now = idsSince({ pid, start: '0', seenAt: monotonicMs() });
    expect(now).toContain(pid);
    // Whatever ids were given meanwhile, none is lower.
    expect(now).not.toContain(1);
    expect(idsSince({ pid, start: '0', seenAt: Number.NEGATIVE_INFINITY })).toContain(1);
  });

  it('give away variables of any length, wherever they stand', async () => {
    const long = 'x'.repeat(100_000);
    const env = { FIRST: '1', LONG: long, NOT_LAST: 'no', LAST: 'a=b' };
    const child = spawn('sleep', ['1000'], { env: { ...env, PATH: process.env['PATH'] }, stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const pid = child.pid ?? 0;
    await vi.waitFor(() => expect(variableOf(pid, 'FIRST')).toBe('1'), PATIENCE);
    expect(variableOf(pid, 'LONG')).toBe(long);
    expect(variableOf(pid, 'LAST')).toBe('a=b');
    expect(variableOf(pid, 'AST')).toBeNull();
  });

  it('are nobody once they are gone', () => {
    expect(statusOf(2 ** 30)).toBeNull();
    expect(variableOf(2 ** 30, 'PATH')).toBeNull();
    expect(processTable().startOf(2 ** 30)).toBeNull();
  });
});

describe('what ps prints', () => {
  const LINES = [
    '    1     0 Ss   Mon Jun  1 09:05:00 2026     /sbin/launchd',
    '  345     1 S    Mon Jun  1 10:00:00 2026     /Applications/A Program.app/Contents/MacOS/A Program',
    '  346   345 Z    Mon Jun  1 10:00:01 2026     (sh)',
    '',
  ].join('\n');

  it('is read without its zombies', () => {
    expect(parseTable(LINES)).toEqual([
      { pid: 1, parent: 0, start: 'Mon_Jun_1_09:05:00_2026', name: 'launchd' },
      { pid: 345, parent: 1, start: 'Mon_Jun_1_10:00:00_2026', name: 'A Program' },
    ]);
  });

  it.runIf(process.platform !== 'win32')('tells of ourselves, and of nobody', () => {
    expect(psTable.read(null).map(({ pid }) => pid)).toContain(process.pid);
    expect(psTable.startOf(process.pid)).toMatch(/_\d\d:\d\d:\d\d_\d{4}$/);
    expect(psTable.startOf(2 ** 30)).toBeNull();
  });
});
