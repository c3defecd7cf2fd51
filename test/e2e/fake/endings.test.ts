import { describe, expect, it } from 'vitest';
import { begin, succeed, type Step } from '../../support/fake.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { survivorsOf } from '../../support/processes.ts';

const half: readonly Step[] = [...begin, { say: 'half an answer' }];

describe('how claude ends', () => {
  it.each<[string, readonly Step[], number, string]>([
    ['exits with 0 and no result', half, 6, 'crashed'],
    ['exits with 1 and no result', [...half, { exit: 1 }], 6, 'crashed'],
    ['exits with 0 in the middle of a line', [...half, { raw: '{"type":"result","sub' }], 6, 'truncated'],
    ['is killed', [...half, { die: 'SIGKILL' }], 6, 'crashed'],
    ['crashes', [...half, { die: 'SIGSEGV' }], 6, 'crashed'],
    ['is terminated by somebody else', [...half, { die: 'SIGTERM' }], 143, 'interrupted'],
    ['prints nothing at all', [], 3, 'claude_not_found'],
    ['reports an error', [...half, { result: { is_error: true, result: 'It broke.' } }, { exit: 1 }], 1, 'failed'],
    ['reports an error and exits with 0', [...half, { result: { is_error: true, result: 'It broke.' } }], 1, 'failed'],
    [
      'reports an unknown kind of error',
      [...half, { result: { subtype: 'error_brand_new', is_error: true } }],
      1,
      'failed',
    ],
  ])('%s', async (_, fake, exitCode, outcome) => {
    const run = await sluiceHere(['--json', 'hi'], { fake });
    const bundle = run.bundle();
    expect(bundle.outcome).toMatchObject({ class: outcome, exitCode });
    expect(run.exitCode).toBe(exitCode);
    expect(run.stderr).toMatch(new RegExp(`^sluice: ${outcome}: .+$`, 'm'));
    expect(bundle.result.success).toBe(false);
    expect(bundle.result.summary).toBe(fake.length === 0 ? '' : 'half an answer');
  });

  it('keeps what claude said on stderr, and tells it', async () => {
    const run = await sluiceHere(['--json', 'hi'], {
      fake: [...half, { complain: 'first\npanic: out of cheese\n' }, { exit: 2 }],
    });
    expect(run.bundle().claude).toMatchObject({
      exit: { code: 2, signal: null },
      stderr: 'first\npanic: out of cheese\n',
    });
    expect(run.stderr).toContain('panic: out of cheese');
  });

  it('is a success with a warning when claude fails after a good result', async () => {
    const run = await sluiceHere(['hi'], { fake: [...begin, ...succeed, { exit: 1 }] });
    expect(run).toMatchObject({ exitCode: 0, stdout: 'done\n' });
    expect(run.stderr).toMatch(/^sluice: warning: .*exit code 1.*\n$/);
  });

  it('does not let a late task notification take the place of the answer', async () => {
    const run = await sluiceHere(['--json', 'hi'], {
      fake: [
        ...begin,
        { say: 'The answer.' },
        { result: { result: 'The answer.' } },
        { say: 'A task is done.' },
        { result: { result: 'A task is done.', origin: { kind: 'task-notification' } } },
      ],
    });
    expect(run.bundle()).toMatchObject({
      result: { success: true, summary: 'The answer.' },
      outcome: { evidence: { results: 2 } },
    });
  });

  it('counts the last of two results', async () => {
    const run = await sluiceHere(['--json', 'hi'], {
      fake: [...begin, { say: 'one' }, { result: { result: 'one' } }, { say: 'two' }, { result: { result: 'two' } }],
    });
    expect(run.bundle().result).toEqual({ success: true, summary: 'two' });
  });

  it('rebuilds an answer that the result left out', async () => {
    const run = await sluiceHere(['hi'], { fake: [...begin, { say: 'All of it.' }, { result: { result: '' } }] });
    expect(run.stdout).toBe('All of it.\n');
  });

  it('ends a claude that does not exit after its result, and says so', async () => {
    const start = performance.now();
    const run = await sluiceHere(['hi'], { fake: [...begin, ...succeed, { hang: true }] });
    expect(run).toMatchObject({ exitCode: 0, stdout: 'done\n' });
    expect(run.stderr).toBe('sluice: warning: claude did not exit after its result and was stopped\n');
    // It was given time to exit by itself, and no more than some.
    expect(performance.now() - start).toBeGreaterThan(2_000);
    expect(performance.now() - start).toBeLessThan(30_000);
    expect(await survivorsOf(run.home.path)).toEqual([]);
  });

  it('closes stdin after the result, so that claude can exit', async () => {
    const run = await sluiceHere(['hi'], { fake: [...begin, ...succeed, { goodbye: true }] });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  });
});
