import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { inTurn, text, thinking } from '../../../src/demo/script.ts';
import { since, VERSION } from '../../support/claude.ts';
import { saying, wordless } from '../../support/scenarios.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { livingThrough } from '../../support/known-claude.ts';
import { API_KEY, finishedOf, sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

const schema: unknown = JSON.parse(readFileSync(new URL('../../../dist/bundle.schema.json', import.meta.url), 'utf8'));

/** What stands where the key stood is of sluice's. */
const ANSWER = `The key is ${API_KEY}, and that is all.`;
const SHOWN = /^The key is .+, and that is all\.$/;

describe('a plain answer', () => {
  const list = 'A *list*:\n\n- "ü" \u2028 🌕\n- \\n is no newline\n::error::not a command\n\u001B[31mred\u001B[0m';

  it('is the answer as it is and one newline as text, which is what a pipe gets; its bundle fits the published schema', async () => {
    const run = await sluice(['--bundle', 'b.json', 'say it'], { api: await stub(saying(list)) });
    expect(run).toMatchObject({ exitCode: 0, stdout: `${list}\n`, stderr: '' });
    const ajv = new Ajv2020({ strict: true, allErrors: true });
    const valid = ajv.validate(z.record(z.string(), z.unknown()).parse(schema), JSON.parse(run.file('b.json')));
    expect(ajv.errors).toBeNull();
    expect(valid).toBe(true);
    const bundle = run.bundleFile('b.json');
    expect(bundle).toMatchObject({
      schemaVersion: 1,
      sessionId: expect.stringMatching(/^[\da-f-]{36}$/),
      partial: false,
      result: { success: true, summary: list },
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
    const { cpuMs, peakMemoryBytes } = bundle.claude;
    const isTold = process.platform === 'linux';
    expect([Number(cpuMs) > 100, Number(peakMemoryBytes) > 100 * 1024 * 1024]).toEqual([isTold, isTold]);
    expect(bundle.usage.inputTokens).toBeGreaterThan(0);
    expect(bundle.messages.map(({ message }) => message.type)).toEqual(
      expect.arrayContaining(['system', 'assistant', 'result']),
    );
  });

  it("is claude's own messages as stream-json, with the pieces of the answer on request, in which no secret slips through; events are numbered from 1; and claude is given what goes on to it, such as agents", async () => {
    const api = await stub(inTurn([thinking('The question is short.'), text(ANSWER, { chunk: 8 })]));
    const agents = { nitpicker: { description: 'Finds the smallest faults', prompt: 'You nitpick.' } };
    const args = ['-p', '--agents', JSON.stringify(agents), 'hi', '--output-format', 'stream-json'];
    const run = await sluice([...args, '--include-partial-messages', '--record', 'r.ndjson'], { api });
    expect(run.exitCode).toBe(0);
    const messages = run.messages();
    const sent = JSON.stringify([messages.find(({ type }) => type === 'system'), api.requests.map(({ body }) => body)]);
    expect(sent.includes('nitpicker') || !since('2.1.0')).toBe(true);
    expect(messages.find(({ type }) => type === 'system')).toMatchObject({ subtype: 'init' });
    expect(messages.find(({ type }) => type === 'result')).toMatchObject({ result: expect.stringMatching(SHOWN) });
    expect(messages.every(({ type }) => type !== 'sluice')).toBe(true);
    const pieces = messages.map(deltaOf);
    expect(pieces.join('')).toMatch(SHOWN);
    expect(pieces.filter((piece) => piece !== '').length).toBeGreaterThan(1);
    const record = run.file('r.ndjson');
    for (const written of [pieces.join(''), run.stdout, record]) expect(written).not.toContain(API_KEY);
    const events = finishedOf({ ...run, bytes: Buffer.from(record) }).events();
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)?.message).toMatchObject({ type: 'sluice', code: 'ending', report: { partial: false } });
    for (const { timestamp } of events) expect(new Date(timestamp).toISOString()).toBe(timestamp);

    // As a readable log it is without a cursor to move, and has its thinking on request.
    const [log, told] = [
      await sluiceHere(['replay', 'r.ndjson', '-o', 'pretty'], { home: run.home }),
      await sluiceHere(['replay', 'r.ndjson', '-o', 'pretty', '--show-thinking'], { home: run.home }),
    ];
    expect(log).toMatchObject({ exitCode: 0, stderr: '' });
    expect(log.stdout).not.toMatch(/[\u001B\r]|The question is short/);
    expect(log.stdout).toMatch(/^\d\d:\d\d:\d\dZ │ The key is .+, and that is all\.$/m);
    expect(log.stdout).toMatch(/│ ✓ success$/m);
    expect(log.stdout).toMatch(/1 turn · [^]* session [\da-f-]{36}/);
    expect(told.stdout).toContain('The question is short');
  });

  it.runIf(since('2.1.0'))('may be empty: a success with a warning', async () => {
    const run = await sluiceHere(['hi'], await livingThrough(wordless, 'emptyturn'));
    expect(run).toMatchObject({ exitCode: 0, stdout: '', stderr: 'sluice: warning: the answer is empty\n' });
  });
});

const delta = z.object({ event: z.object({ delta: z.object({ text: z.string() }) }) });

/** The piece of text in a `stream_event`; empty for all else. */
function deltaOf(message: unknown): string {
  return delta.safeParse(message).data?.event.delta.text ?? '';
}
