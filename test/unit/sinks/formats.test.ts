import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/messages/types.ts';
import { createNdjsonSink, createRecordingSink } from '../../../src/sinks/formats/ndjson.ts';
import type { Sink } from '../../../src/sinks/sink.ts';
import { createStreamJsonSink } from '../../../src/sinks/formats/stream-json.ts';
import { createTextSink } from '../../../src/sinks/formats/text.ts';
import { reportSchema } from '../../../src/outcome/report-schema.ts';
import { init, result, SESSION } from '../outcome/evidence.ts';
import { event, message } from '../stream/messages.ts';
import { crash, endingOf, memory, success, systemError } from './endings.ts';

const NASTY = 'a\u009b31mb\u202ec\u2028d\u007fe\u001bf';
const same = (text: string) => text;
const warning: RunEvent = event({ type: 'sluice', subtype: 'warning', code: 'not_json', text: 'hm', line: 'x' }, 9);

async function through(sink: Sink, events: readonly RunEvent[], ending = success()): Promise<void> {
  for (const one of events) await sink.write(one);
  await sink.close(ending);
}

const parsedLines = (text: string): unknown[] => {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line): unknown => JSON.parse(line));
};

describe('ndjson', () => {
  it('is one event a line as it happens, and the ending last', async () => {
    const out = memory();
    const events = [event(message('keep_alive'), 1), event(message('hologram', { text: NASTY }), 2)];
    const sink = createNdjsonSink(out);
    await sink.write(events[0] ?? warning);
    expect(out.writes).toHaveLength(1);
    await sink.write(events[1] ?? warning);
    await sink.close(success());
    expect(out.writes).toHaveLength(3);
    const lines = parsedLines(out.text());
    expect(lines.slice(0, 2)).toEqual(events.map((one): unknown => JSON.parse(JSON.stringify(one))));
    expect(lines[2]).toMatchObject({
      sequence: 3,
      timestamp: '2026-11-21T03:00:01.500Z',
      sessionId: SESSION,
      message: { type: 'sluice', subtype: 'notice', code: 'ending', text: 'done' },
      redactions: 0,
      truncated: false,
    });
  });

  it('ends with a report that is whole, also when nothing happened', async () => {
    const out = memory();
    await through(createNdjsonSink(out), [], crash());
    const [line] = parsedLines(out.text());
    expect(line).toMatchObject({ sequence: 1, message: { subtype: 'error', text: expect.stringContaining('boom') } });
    const report: unknown = JSON.parse(out.text()).message.report;
    expect(reportSchema.parse(report).outcome.class).toBe('crashed');
  });

  it('lets nothing act on a terminal', async () => {
    const out = memory();
    await through(createNdjsonSink(out), [event(message('hologram', { [NASTY]: NASTY }))]);
    expect(out.text()).not.toMatch(/[\u001b\u007f-\u009f\u2028-\u202e]/);
  });

  it('passes on what its output says', async () => {
    const failing = { write: () => Promise.reject(systemError('EPIPE')) };
    await expect(createNdjsonSink(failing).write(warning)).rejects.toThrow('EPIPE');
  });

  it('as a recording is the same, of whole events', async () => {
    const [one, two] = [memory(), memory()];
    expect(createRecordingSink(one).whole).toBe(true);
    expect(createNdjsonSink(two).whole).toBeUndefined();
    await through(createRecordingSink(one), [warning]);
    await through(createNdjsonSink(two), [warning]);
    expect(one.text()).toBe(two.text());
  });
});

describe('stream-json', () => {
  it("is claude's own messages and nothing else", async () => {
    const [out, aside] = [memory(), memory()];
    const events = [event(message('system', init()), 1), event(message('hologram', { text: NASTY }), 2), warning];
    await through(createStreamJsonSink(out, aside), events);
    expect(parsedLines(out.text())).toEqual(
      events.slice(0, 2).map(({ message }): unknown => JSON.parse(JSON.stringify(message))),
    );
    expect(out.text()).not.toMatch(/[\u007f-\u009f\u2028-\u202e]/);
    expect(aside.text()).toMatch(/^sluice: .*not_json.*\n$/);
  });

  it('keeps an unknown message among them, whatever it calls itself', async () => {
    const [out, aside] = [memory(), memory()];
    await through(createStreamJsonSink(out, aside), [event(message('sluice', { code: 'x', text: 'y' }))]);
    expect(aside.text()).toBe('');
    expect(parsedLines(out.text())).toEqual([{ type: 'sluice', code: 'x', text: 'y' }]);
  });

  it('leaves out a failed result that a retry of the run follows, and no other', async () => {
    const failed = (text: string) => event(message('result', { subtype: 'success', is_error: true, result: text }));
    const retry = event({ type: 'sluice', subtype: 'notice', code: 'retry', text: 'again' }, 3);
    const out = memory();
    const aside = memory();
    await through(createStreamJsonSink(out, aside), [
      event(message('keep_alive')),
      failed('first'),
      retry,
      failed('second'),
      event(message('keep_alive')),
      failed('third'),
    ]);
    expect(parsedLines(out.text()).map((line) => (line as { result?: string }).result ?? null)).toEqual([
      null,
      'second',
      null,
      'third',
    ]);
    expect(aside.text()).toContain('again');
  });
});

describe('text', () => {
  const textOf = async (...ending: Parameters<typeof endingOf>) => {
    const out = memory();
    await through(createTextSink(out, same), [event(message('keep_alive')), warning], endingOf(...ending));
    return out.text();
  };

  it.each([
    ['an answer', 'All is well.', 'All is well.\n'],
    ['one with a newline', 'All is well.\n', 'All is well.\n'],
    ['one with many', 'All\n\nis well.\n\n\n', 'All\n\nis well.\n'],
    ['none', '', ''],
    ['one that begins with blanks', '  \n x', '  \n x\n'],
  ])('is exactly %s and one newline', async (_, answer, printed) => {
    expect(await textOf([init(), result({ result: answer })])).toBe(printed);
  });

  it('is what there was of it, when the run was cut short', async () => {
    const out = memory();
    await through(createTextSink(out, same), [], crash());
    expect(out.text()).toBe('Half an ans\n');
  });

  it('is nothing when the API failed: its error is no answer', async () => {
    expect(await textOf([init(), result({ is_error: true, result: 'API Error: 500' })])).toBe('');
  });

  it('is the structured output where there is no text', async () => {
    expect(await textOf([init(), result({ result: '', structured_output: { a: [1] } })])).toBe('{"a":[1]}\n');
    expect(await textOf([init(), result({ result: 'text', structured_output: { a: 1 } })])).toBe('text\n');
  });

  it('is shown the way it is told to', async () => {
    const out = memory();
    await through(
      createTextSink(out, (text) => text.toUpperCase()),
      [],
      success('quiet'),
    );
    expect(out.text()).toBe('QUIET\n');
  });
});
