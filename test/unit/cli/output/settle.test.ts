import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { settle } from '../../../../src/cli/output/settle.ts';
import { assistant, init, result, SESSION } from '../../outcome/evidence.ts';
import { crash, endingOf, success, systemError } from '../../sinks/endings.ts';
import { fakeIo } from '../fake-io.ts';

const NEVER = new AbortController().signal;

const denial = { tool_name: 'Bash', tool_use_id: 't1', tool_input: {} };

describe('settle', () => {
  it('says nothing of a plain success', async () => {
    const io = fakeIo();
    expect(await settle(success(), 'text', io, NEVER)).toBe(0);
    expect(io.printed()).toEqual({ out: '', err: '' });
  });

  it('tells warnings of a success', async () => {
    const io = fakeIo();
    const ending = endingOf([init(), result({ permission_denials: [denial] })]);
    expect(await settle(ending, 'json', io, NEVER)).toBe(0);
    expect(io.printed().err).toMatch(/^sluice: warning: 1 tool call denied \(Bash\)[^\n]*\n$/);
  });

  it.each(['text', 'json', 'ndjson', 'stream-json'] as const)('tells what went wrong beside %s', async (format) => {
    const io = fakeIo();
    expect(await settle(crash(), format, io, NEVER)).toBe(6);
    expect(io.printed()).toMatchObject({ out: '', err: expect.stringMatching(/^sluice: crashed: .*boom/m) });
  });

  it.each(['pretty', 'github', 'gitlab'] as const)(
    'leaves it to %s, which told it, but for an output that failed',
    async (format) => {
      const io = fakeIo();
      expect(await settle(crash(), format, io, NEVER)).toBe(6);
      expect(io.printed().err).toBe('');
      const fault = { code: 'output_error', message: 'the disk is full' } as const;
      expect(await settle(endingOf([], { fault }), format, io, NEVER)).toBe(74);
      expect(io.printed().err).toContain('sluice: output_error: the disk is full');
    },
  );

  it('tells how to go on with a session that was cut short', async () => {
    const io = fakeIo();
    const cut = endingOf([init(), assistant('x')], { stoppedBy: 'timeout' });
    expect(await settle(cut, 'text', io, NEVER)).toBe(124);
    expect(io.printed().err).toContain(`sluice --resume ${SESSION}`);
  });

  it('tells so of a run that stalled, and nothing of a session that is gone', async () => {
    const stalled = endingOf([init(), assistant('x')], { stoppedBy: 'stalled' });
    const [kept, gone] = [fakeIo(), fakeIo()];
    expect(await settle(stalled, 'text', kept, NEVER)).toBe(124);
    expect(kept.printed().err).toContain(`sluice --resume ${SESSION}`);
    const isolated = { ...stalled, report: { ...stalled.report, sessionId: null } };
    expect(await settle(isolated, 'text', gone, NEVER)).toBe(124);
    expect(gone.printed().err).not.toContain('--resume');
  });

  it.each([
    ['the reader went away', 'EPIPE', 141, ''],
    ['the disk is full', 'ENOSPC', 74, 'ENOSPC'],
  ])('of a success whose last bytes did not get out, because %s', async (_, code, exitCode, told) => {
    const io = fakeIo({ broken: systemError(code) });
    expect(await settle(success(), 'text', io, NEVER)).toBe(exitCode);
    expect(io.printed().err).toContain(told);
  });

  it('keeps the exit code of a failure, whatever became of its output', async () => {
    expect(await settle(crash(), 'text', fakeIo({ broken: systemError('EPIPE') }), NEVER)).toBe(6);
  });

  it.each([
    ['before', true],
    ['while', false],
  ])('gives up on a reader that stalls when it was told to end %s it is waited for', async (_, early) => {
    const io = fakeIo();
    const stop = new AbortController();
    const stalled = { ...io, stdout: { ...io.stdout, flush: () => new Promise<void>(() => {}) } };
    if (early) stop.abort('SIGTERM');
    const exitCode = settle(success(), 'text', stalled, stop.signal);
    stop.abort('SIGTERM');
    expect(await Promise.race([exitCode, sleep(4_000)])).toBe(74);
    expect(io.printed().err).toContain('the output takes no more');
  });

  it('prints one line each, in which nothing acts on a terminal', async () => {
    const io = fakeIo();
    const fault = { code: 'internal', message: 'a\nb\u001b[31m\u202e' } as const;
    await settle(endingOf([], { fault }), 'text', io, NEVER);
    const { err } = io.printed();
    expect(err).toMatch(/^sluice: internal: a b/);
    expect(err.trimEnd()).not.toMatch(/[\n\u001b\u202e]/);
  });
});
