import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { begin, type Step } from '../../support/fake.ts';
import { processesOf, survivorsOf } from '../../support/processes.ts';
import { sluice, startSluice } from '../../support/sluice.ts';

const aborted = {
  subtype: 'error_during_execution',
  is_error: true,
  terminal_reason: 'aborted_streaming',
  result: undefined,
  errors: ['[Request interrupted by user]'],
};
const obedient: readonly Step[] = [...begin, { say: 'So far' }, { interrupt: true }, { result: aborted }];
const stubborn: readonly Step[] = [
  { ignore: ['SIGINT', 'SIGTERM', 'SIGHUP'] },
  ...begin,
  { say: 'So far' },
  { hang: true },
];

describe('stopping a run', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('on %s asks claude to end, keeps what was there, and exits with %i', async (signal, exitCode) => {
    const run = startSluice(['--ndjson', '--bundle', 'b.json', 'hi'], { fake: obedient });
    await run.prints('So far');
    run.kill(signal);
    const finished = await run.finished;
    expect(finished.exitCode).toBe(exitCode);
    expect(finished.bundleFile('b.json')).toMatchObject({
      partial: true,
      sessionId: '11111111-2222-4333-8444-555555555555',
      result: { success: false, summary: 'So far' },
      outcome: { class: 'interrupted', exitCode },
    });
    expect(finished.stderr).toContain('sluice --resume 11111111-2222-4333-8444-555555555555');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('exits with its own code however often %s comes', async (signal) => {
    const run = startSluice(['--ndjson', 'hi'], { fake: obedient });
    await run.prints('So far');
    const again = setInterval(() => run.kill(signal), 1);
    const { exitCode } = await run.finished.finally(() => clearInterval(again));
    expect(exitCode).toBe(signal === 'SIGINT' ? 130 : 143);
  });

  it.each([
    [['SIGHUP'], ['--ignore-hup'], {}],
    [['SIGINT', 'SIGQUIT'], ['--ignore-int'], {}],
    [['SIGHUP', 'SIGINT'], [], { SLUICE_IGNORE_HUP: '1', SLUICE_IGNORE_INT: 'true' }],
  ] as const)('takes no notice of %j with %j and %j, but of SIGTERM', async (signals, flags, env) => {
    const fake = [...begin, { say: 'So far' }, { sleep: 500 }, { say: 'and on' }, ...obedient.slice(begin.length)];
    const run = startSluice([...flags, '--ndjson', 'hi'], { fake, env });
    await run.prints('So far');
    for (const signal of [...signals, ...signals]) run.kill(signal);
    await run.prints('and on');
    run.kill('SIGTERM');
    expect((await run.finished).exitCode).toBe(143);
  });

  it('--timeout ends a run with 124 and what there was by then', async () => {
    const run = await sluice(['--timeout', '1s', '--json', 'hi'], { fake: obedient });
    expect(run.exitCode).toBe(124);
    expect(run.bundle()).toMatchObject({
      partial: true,
      result: { summary: 'So far' },
      outcome: { class: 'timeout', exitCode: 124, evidence: { stoppedBy: 'timeout' } },
    });
  });

  it('keeps the last word of text that came in pieces', async () => {
    const piece = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'The very last word' } };
    const print = { type: 'stream_event', event: piece, parent_tool_use_id: null, session_id: 's', uuid: 'u' };
    const run = await sluice(['--timeout', '1500ms', 'hi'], {
      fake: [...begin, { print }, { interrupt: true }, { result: aborted }],
    });
    expect(run).toMatchObject({ exitCode: 124, stdout: 'The very last word\n' });
  });

  it('is a success when the answer was already there', async () => {
    const run = startSluice(['--ndjson', 'hi'], {
      fake: [...begin, { say: 'The answer.' }, { result: { result: 'The answer.' } }, { sleep: 3_000 }],
    });
    await run.prints('"type":"result"');
    run.kill('SIGINT');
    expect((await run.finished).exitCode).toBe(0);
  });

  it('kills a claude that ignores the request and every signal', async () => {
    const run = startSluice(['--ndjson', 'hi'], { fake: stubborn });
    await run.prints('So far');
    expect([...processesOf(run.home.path).values()].join('\n')).toMatch(existsSync('/proc/self') ? 'fake-claude' : '');
    run.kill('SIGINT');
    expect((await run.finished).exitCode).toBe(130);
    expect(await survivorsOf(run.home.path)).toEqual([]);
  });

  it('does so at once when it is told twice', async () => {
    const run = startSluice(['--ndjson', 'hi'], { fake: stubborn });
    await run.prints('So far');
    run.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const start = performance.now();
    run.kill('SIGINT');
    expect((await run.finished).exitCode).toBe(130);
    // The stop sequence's graces come to ten seconds.
    expect(performance.now() - start).toBeLessThan(6_000);
    expect(await survivorsOf(run.home.path)).toEqual([]);
  });
});
