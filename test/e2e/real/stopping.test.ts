import { describe, expect, it } from 'vitest';
import { inTurn, text } from '../../../src/demo/script.ts';
import { since } from '../../support/claude.ts';
import { cutByTimeout } from '../../support/cut-by-timeout.ts';
import { sluiceThatMinds } from '../../support/minded-signals.ts';
import { survivorsOf } from '../../support/processes.ts';
import { hanging, slowText, stalling } from '../../support/scenarios.ts';
import { API_KEY, startSluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

const STREAMING = ['--ndjson', '--include-partial-messages', '--bundle', 'b.json'];

describe('stopping a real claude', () => {
  it('by SIGINT in the middle of its text keeps the text, lets no secret slip out that it is cut in, and leaves nothing running', async () => {
    const secretive = inTurn([text(`word ${`${API_KEY} `.repeat(500)}`, { chunk: 4, delayMs: 10 })]);
    const run = startSluice([...STREAMING, 'hi'], { api: await stub(secretive) });
    await run.prints('"text_delta","text":"word');
    await new Promise((resolve) => setTimeout(resolve, 500));
    run.kill('SIGINT');
    const finished = await run.finished;
    expect(finished.exitCode).toBe(130);
    const bundle = finished.bundleFile('b.json');
    expect(bundle.result.summary).toMatch(/^word (?:\[REDACTED:[^\]]+\] )*/);
    expect(finished.stdout + finished.file('b.json')).not.toContain(API_KEY);
    expect(bundle).toMatchObject({
      partial: true,
      sessionId: expect.stringMatching(/^[\da-f-]{36}$/),
      result: { success: false },
      outcome: { class: 'interrupted', exitCode: 130 },
    });
    expect(finished.stderr).toContain(`sluice --resume ${bundle.sessionId}`);
    expect(await survivorsOf(run.home.path)).toEqual([]);
    expect(finished.temporaryFiles()).toEqual([]);
  });

  it('before the API has answered', async () => {
    const api = await stub(hanging);
    const run = startSluice(['--json', 'hi'], { api });
    while (api.requests.every(({ conversation }) => conversation === undefined)) await new Promise(setImmediate);
    run.kill('SIGINT');
    const finished = await run.finished;
    expect(finished.exitCode).toBe(130);
    expect(finished.bundle()).toMatchObject({ partial: true, outcome: { class: 'interrupted' } });
    expect(await survivorsOf(run.home.path)).toEqual([]);
  });

  it('while it is still starting', async () => {
    const run = startSluice(['--json', 'hi'], { api: await stub(slowText) });
    await sluiceThatMinds('SIGHUP', run.home);
    run.kill('SIGTERM');
    expect((await run.finished).exitCode).toBe(143);
    expect(await survivorsOf(run.home.path)).toEqual([]);
  });

  it('by --timeout exits with 124 and prints what there was, though nothing more was heard from the API', async () => {
    // Of older versions nothing is known without the pieces.
    const pieces = since('2.1.0') ? [] : ['--include-partial-messages'];
    const args = [...pieces, '--bundle', 'b.json', 'hi'];
    const run = await cutByTimeout(args, { api: await stub(stalling) }, ({ stdout }) => stdout !== '');
    expect(run).toMatchObject({ exitCode: 124, stdout: 'The answer to that is\n' });
    expect(run.bundleFile('b.json')).toMatchObject({
      partial: true,
      result: { summary: 'The answer to that is' },
      outcome: { class: 'timeout', exitCode: 124 },
    });
    expect(run.stderr).toMatch(/^sluice: timeout: .*--timeout.*\n/);
    expect(await survivorsOf(run.home.path)).toEqual([]);
  });
});
