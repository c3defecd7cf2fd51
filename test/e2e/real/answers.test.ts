import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { since, VERSION } from '../../support/claude.ts';
import { plain, saying, thoughtful, wordless } from '../../support/scenarios.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

const schema: unknown = JSON.parse(readFileSync(new URL('../../../dist/bundle.schema.json', import.meta.url), 'utf8'));

describe('a plain answer', () => {
  it('is the answer as it is and one newline as text, which is what a pipe gets', async () => {
    const text = 'A *list*:\n\n- "ü" \u2028 🌕\n- \\n is no newline\n::error::not a command\n\u001B[31mred\u001B[0m';
    const run = await sluice(['say it'], { api: await stub(saying(text)) });
    expect(run).toMatchObject({ exitCode: 0, stdout: `${text}\n`, stderr: '' });
  });

  it('is one document as json, which fits the published schema', async () => {
    const run = await sluice(['--json', 'hi'], { api: await stub(plain) });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout.trim().split('\n')).toHaveLength(1);
    const ajv = new Ajv2020({ strict: true, allErrors: true });
    const valid = ajv.validate(z.record(z.string(), z.unknown()).parse(schema), JSON.parse(run.stdout));
    expect(ajv.errors).toBeNull();
    expect(valid).toBe(true);
    expect(run.bundle()).toMatchObject({
      schemaVersion: 1,
      sessionId: expect.stringMatching(/^[\da-f-]{36}$/),
      partial: false,
      result: { success: true, summary: 'Hello from the stub.' },
      outcome: { class: 'success', exitCode: 0, warnings: [], evidence: { exitCode: 0, results: 1, tornTail: false } },
      numTurns: 1,
      claude: {
        version: since('2.0.0') ? VERSION : null,
        cwd: run.home.project,
        exit: { code: 0, signal: null },
        stderr: '',
      },
      truncation: { dropped: 0, clippedStrings: 0 },
      attempts: [],
      permissionDenials: [],
    });
    const { cpuMs, peakMemoryBytes } = run.bundle().claude;
    const isTold = process.platform === 'linux';
    expect([Number(cpuMs) > 100, Number(peakMemoryBytes) > 100 * 1024 * 1024]).toEqual([isTold, isTold]);
    expect(run.bundle().usage.inputTokens).toBeGreaterThan(0);
    expect(run.bundle().messages.map(({ message }) => message.type)).toEqual(
      expect.arrayContaining(['system', 'assistant', 'result']),
    );
  });

  it("is claude's own messages as stream-json, and claude is given what goes on to it, such as agents", async () => {
    const api = await stub(plain);
    const agents = { nitpicker: { description: 'Finds the smallest faults', prompt: 'You nitpick.' } };
    const run = await sluice(['-p', '--agents', JSON.stringify(agents), 'hi', '--output-format', 'stream-json'], {
      api,
    });
    expect(run.exitCode).toBe(0);
    const messages = run.messages();
    const sent = JSON.stringify([messages.find(({ type }) => type === 'system'), api.requests.map(({ body }) => body)]);
    expect(sent.includes('nitpicker') || !since('2.1.0')).toBe(true);
    expect(messages.find(({ type }) => type === 'system')).toMatchObject({ subtype: 'init' });
    expect(messages.find(({ type }) => type === 'result')).toMatchObject({ result: 'Hello from the stub.' });
    expect(messages.every(({ type }) => type !== 'sluice')).toBe(true);
  });

  it('is a readable log as pretty, without a cursor to move, and with its thinking on request', async () => {
    const api = await stub(thoughtful);
    const run = await sluice(['-o', 'pretty', '--record', 'r.ndjson', 'hi'], { api });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).not.toMatch(/[\u001B\r]|The question is short/);
    expect(run.stdout).toMatch(/^\d\d:\d\d:\d\dZ │ Forty-two\.$/m);
    expect(run.stdout).toMatch(/│ ✓ success$/m);
    expect(run.stdout).toMatch(/1 turn · .* session [\da-f-]{36}/);
    const told = await sluiceHere(['replay', 'r.ndjson', '-o', 'pretty', '--show-thinking'], { home: run.home });
    expect(told.stdout).toContain('The question is short');
  });

  it.runIf(since('2.1.0'))('may be empty: a success with a warning', async () => {
    const run = await sluice(['hi'], { api: await stub(wordless) });
    expect(run).toMatchObject({ exitCode: 0, stdout: '', stderr: 'sluice: warning: the answer is empty\n' });
  });
});

const delta = z.object({ event: z.object({ delta: z.object({ text: z.string() }) }) });

/** The piece of text in a `stream_event`; empty for all else. */
function deltaOf(message: unknown): string {
  return delta.safeParse(message).data?.event.delta.text ?? '';
}

it('events are ndjson, numbered from 1, with the pieces of the answer on request; the last one tells the ending', async () => {
  const run = await sluice(['--ndjson', '--include-partial-messages', '--max-chars', '9m', 'hi'], {
    api: await stub(saying('one two three four five')),
  });
  const events = run.events();
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  expect(events.map(({ message }) => message.type)).toEqual(
    expect.arrayContaining(['system', 'assistant', 'result', 'sluice']),
  );
  expect(events.at(-1)?.message).toMatchObject({ type: 'sluice', code: 'ending', report: { partial: false } });
  for (const { timestamp } of events) expect(new Date(timestamp).toISOString()).toBe(timestamp);
  const pieces = events.map(({ message }) => deltaOf(message));
  expect(pieces.join('')).toBe('one two three four five');
  expect(pieces.filter((piece) => piece !== '').length).toBeGreaterThan(1);
});
