import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { type Host, run, type RunEvent, type RunRequest, stream } from '../../../src/index.ts';
import { readConfession } from '../../support/confession.ts';
import { begin, FAKE_CLAUDE, type Step, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { survivorsOf } from '../../support/processes.ts';

function setUp(...fake: readonly Step[]): { readonly request: RunRequest; readonly host: Host; readonly home: string } {
  const { path, project } = freshHome();
  const env = { PATH: process.env['PATH'], HOME: path, FAKE_CLAUDE: JSON.stringify(fake) };
  return { request: { prompt: 'hi', claudePath: FAKE_CLAUDE, cwd: project }, host: { env }, home: path };
}

describe('the library', () => {
  it('streams events and returns how the run ended', async () => {
    const { request, host } = setUp(...begin, ...succeed);
    const events = stream(request, host);
    const types: string[] = [];
    let step = await events.next();
    for (; step.done !== true; step = await events.next()) types.push(step.value.message.type);
    expect(types).toEqual(['system', 'assistant', 'result']);
    expect(step.value).toMatchObject({ class: 'success', exitCode: 0, report: { result: { summary: 'done' } } });
  });

  it('stops claude when the loop is left early', async () => {
    const given = setUp(...begin, { say: 'enough' }, { interrupt: true }, { result: { is_error: true } });
    for await (const { message } of stream(given.request, given.host)) if (message.type === 'assistant') break;
    expect(await survivorsOf(given.home)).toEqual([]);
  });

  it('runs without sinks, and takes a schema as an object', async () => {
    const jsonSchema = { type: 'object', properties: { title: { type: 'string' } } };
    const { request, host } = setUp(...begin, { confess: true });
    const ending = await run({ ...request, jsonSchema }, undefined, host);
    expect(readConfession(ending.report.result.summary).argv).toContain(`--json-schema=${JSON.stringify(jsonSchema)}`);
  });

  it('throws nothing: what goes wrong is in the ending', async () => {
    const { request, host } = setUp();
    const nowhere = await run({ ...request, claudePath: '/nowhere/claude' }, [], host);
    expect(nowhere).toMatchObject({ class: 'claude_not_found', report: { result: { success: false } } });
    const nothing = await run({ ...request, prompt: '' }, [], host);
    expect(nothing).toMatchObject({ class: 'usage', message: expect.stringContaining('nothing to ask') });
  });

  it('closes every sink once, also one that throws, and goes on with the others', async () => {
    const seen: RunEvent[] = [];
    const closed: string[] = [];
    const { request, host } = setUp(...begin, ...succeed);
    const ending = await run(
      request,
      [
        { write: (event) => void seen.push(event), close: () => void closed.push('good') },
        {
          write() {
            throw new Error('no room');
          },
          close: () => void closed.push('bad'),
        },
      ],
      host,
    );
    expect(seen).toHaveLength(3);
    expect(closed.sort()).toEqual(['bad', 'good']);
    expect(ending).toMatchObject({ class: 'output_error', exitCode: 74, message: expect.stringContaining('no room') });
  });

  it('is stopped by a signal, and installs no handlers of its own', async () => {
    const before = process.listenerCount('SIGINT');
    const stop = new AbortController();
    const given = setUp(...begin, { say: 'so far' }, { interrupt: true }, { result: { is_error: true } });
    const ending = await run(
      given.request,
      [
        {
          write({ message }) {
            expect(process.listenerCount('SIGINT')).toBe(before);
            if (message.type === 'assistant') stop.abort('SIGTERM');
          },
          close() {},
        },
      ],
      { ...given.host, signal: stop.signal },
    );
    expect(ending).toMatchObject({ class: 'interrupted', exitCode: 143, report: { result: { summary: 'so far' } } });
    expect(await survivorsOf(given.home)).toEqual([]);
  });

  it('starts nothing when the signal was aborted before', async () => {
    const { request, host } = setUp(...begin, ...succeed);
    const ending = await run(request, [], { ...host, signal: AbortSignal.abort() });
    expect(ending).toMatchObject({ class: 'interrupted', report: { claude: { exit: { code: null } } } });
  });
});
