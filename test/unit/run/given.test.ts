import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replay } from '../../../src/replay.ts';
import { run, stream } from '../../../src/run.ts';
import type { Ending } from '../../../src/sinks/sink.ts';

/** What JavaScript lets a caller pass. */
type Loose = (request?: unknown, sinks?: unknown, host?: unknown) => Promise<Ending>;
const runLoosely = run as Loose;

const NOWHERE = { prompt: 'hi', claudePath: '/nowhere/claude' };
const HOST = { env: {} };

describe('a run', () => {
  it.each([
    [undefined, 'request: expected an object of options, got undefined'],
    [null, 'request: expected an object of options, got null'],
    ['hi', 'request: expected an object of options, got a text'],
    [[], 'request: expected an object of options, got a list'],
    [{ prompt: null }, /^prompt: expected a text, or an object with text, .* got null$/],
    [{ prompt: { text: 5 } }, /^prompt: expected a text, or an object with text, .* got an object$/],
    [{ prompt: { attachments: [{ name: 'x' }] } }, /^prompt: expected .* got an object$/],
    [{ ...NOWHERE, timeout: '5s' }, /^timeout: expected a whole number of milliseconds .*, got a text$/],
    [{ ...NOWHERE, tools: ['Read', 5] }, 'tools: expected a list of texts, got a list'],
    [{ ...NOWHERE, jsonSchema: () => {} }, /^jsonSchema: expected JSON of at most 500 levels, .* got a function$/],
    [{ ...NOWHERE, agents: { a: 1n } }, /^agents: expected JSON of at most 500 levels, .* got an object$/],
    [{ ...NOWHERE, mcpConfig: [{}, 5] }, /^mcpConfig: expected JSON of at most 500 levels, .* got a list$/],
    [{ ...NOWHERE, cwd: '/nowhere' }, /^cwd: \/nowhere cannot be used: /],
    [
      { ...NOWHERE, findings: true, jsonSchema: {} },
      /^findings: findings have a schema of their own; leave it or jsonSchema out$/,
    ],
    [{}, 'nothing to ask: give a prompt'],
    [{ prompt: ' ' }, 'nothing to ask: give a prompt'],
  ])('ends as usage, naming what is wrong (%#)', async (request, message) => {
    const ending = await runLoosely(request, [], HOST);
    expect(ending).toMatchObject({ class: 'usage', exitCode: 2 });
    expect(ending.message).toMatch(message);
  });

  it.each([
    [null, 'host: expected an object with signal, env and the like, got null'],
    [new AbortController().signal, 'host: expected an object with signal, env and the like, got an object'],
    [{ env: { PATH: 5 } }, 'host.env: expected an object of texts, got an object'],
    [{ redactor: { values: 'abcd' } }, /^host\.redactor: expected an object with env, values, .* got an object$/],
    [{ forceStop: {} }, 'host.forceStop: expected an AbortSignal, got an object'],
    [{ suspension: {} }, 'host.suspension: expected an object with subscribe, got an object'],
    [{ prompt: () => 5 }, /^prompt: expected a text, or an object with text/],
  ])('ends as usage, naming what is wrong with its host (%#)', async (host, message) => {
    const ending = await runLoosely(NOWHERE, [], host);
    expect(ending).toMatchObject({ class: 'usage', exitCode: 2 });
    expect(ending.message).toMatch(message);
  });

  it('needs no sinks, and says which of them is none; the others are closed', async () => {
    await expect(run(NOWHERE)).resolves.toMatchObject({ class: 'claude_not_found' });
    const closed: unknown[] = [];
    const sink = { write() {}, close: (ending: Ending) => void closed.push(ending.message) };
    const message = 'sinks: expected a list of sinks, each with write and close, got a list';
    await expect(runLoosely(NOWHERE, [sink, { write() {} }])).resolves.toMatchObject({ class: 'usage', message });
    expect(closed).toEqual([message]);
    const lone = {
      class: 'usage',
      message: 'sinks: expected a list of sinks, each with write and close, got an object',
    };
    await expect(runLoosely(NOWHERE, sink)).resolves.toMatchObject(lone);
  });

  it('calls options what the face calls them', async () => {
    const nameOption = (option: string): string => `--${option}`;
    await expect(run({ ...NOWHERE, cwd: '/nowhere' }, [], { nameOption })).resolves.toMatchObject({
      message: expect.stringMatching(/^--cwd: /),
    });
  });

  it('takes undefined for what is not there', async () => {
    const options = { ...NOWHERE, timeout: undefined, tools: undefined, maxChars: undefined };
    await expect(runLoosely(options, undefined, undefined)).resolves.toMatchObject({ class: 'claude_not_found' });
  });
});

describe('nothing is thrown', () => {
  const anything = fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true });
  const request = fc.oneof(
    anything,
    fc.record({
      claudePath: fc.constant('/nowhere/claude'),
      prompt: fc.oneof(fc.constant('hi'), fc.anything()),
      timeout: fc.oneof(fc.constant(undefined), fc.anything()),
      agents: fc.oneof(fc.constant(undefined), fc.anything()),
      maxChars: fc.oneof(fc.constant(10), fc.anything()),
    }),
  );
  const host = fc.oneof(
    fc.constant(HOST),
    anything,
    fc.record({ env: fc.oneof(fc.constant({}), anything), redactor: anything, signal: anything }),
  );

  it.each<[string, Loose]>([
    ['run', runLoosely],
    ['replay', (given, sinks, around) => replay('{}\n', given as object, sinks as [], around as object)],
    ['replay of anything', (given) => replay(given as string)],
    ['stream', (given, _sinks, around) => endOf(stream(given as typeof NOWHERE, around as object))],
  ])('by %s, whatever it is given', async (_what, call) => {
    await fc.assert(
      fc.asyncProperty(request, fc.anything(), host, async (given, sinks, around) => {
        await expect(call(given, sinks, around)).resolves.toHaveProperty('class', expect.any(String));
      }),
      { numRuns: 50 },
    );
  });
});

async function endOf(events: ReturnType<typeof stream>): Promise<Ending> {
  for (;;) {
    const step = await events.next();
    if (step.done === true) return step.value;
  }
}
