import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceOf } from '../../../src/messages/source-text.ts';
import { createRedactor, type RedactorOptions } from '../../../src/secrets/redactor.ts';
import { eventJson } from '../../../src/sinks/escape-json.ts';
import { decodeLine } from '../../../src/stream/decode.ts';
import { createTruncator } from '../../../src/stream/truncate.ts';
import { RECORDINGS, streamOf } from '../../support/recordings.ts';
import { documents } from '../secrets/documents.ts';
import { createDraw } from '../secrets/random-secrets.ts';
import { redactedBatches } from './redacted.ts';

const SECRET = `ghp_${createDraw(47)(36)}`;
const plain: RedactorOptions = { env: {} };

/** What is printed of the messages of some lines, when their JSON may be used again, and when not. */
async function printed(lines: readonly string[], options: RedactorOptions, withSource: boolean): Promise<string[]> {
  const decoded = lines
    .flatMap((text) => decodeLine({ text, terminated: true }))
    .map((one) => (withSource ? one : { ...one, text: null }));
  const events = (await redactedBatches([decoded], createRedactor(options))).flat();
  const { clip } = createTruncator(20_000);
  return events.map((event) => eventJson(clip(event)));
}

describe('a message that is printed as it was read', () => {
  it.each(RECORDINGS)('is the same message: %s', async (name) => {
    const lines = streamOf(name).toString().split('\n').filter(Boolean);
    const again = await printed(lines, plain, true);
    const anew = await printed(lines, plain, false);
    expect(again.map((text): unknown => JSON.parse(text))).toEqual(anew.map((text): unknown => JSON.parse(text)));
  });

  it('holds no secret that the messages themselves would not hold', async () => {
    await fc.assert(
      fc.asyncProperty(documents, fc.constantFrom('text', 'password', 'a_key'), async ({ text, options }, key) => {
        const lines = [
          JSON.stringify({ type: 'x', [key]: text }),
          JSON.stringify({ type: 'x', list: [text.slice(0, 20), text.slice(20)] }),
          JSON.stringify({ type: 'x', [text]: { [key]: text.split(' ') } }),
        ];
        const values = (texts: readonly string[]) => texts.map((one): unknown => JSON.parse(one));
        expect(values(await printed(lines, options, true))).toEqual(values(await printed(lines, options, false)));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    `{"type":"x","a":"${SECRET}","a":"b"}`,
    `{"type":"x","a":"\\u0067hp_${SECRET.slice(4)}"}`,
    `{"type":"x","${SECRET}":1,"${SECRET}":2}`,
    `{"a":"${SECRET}","type":"x","a":1}`,
  ])('shows no secret that hides in its spelling: %s', async (line) => {
    expect((await printed([line], plain, true)).join()).not.toContain(SECRET.slice(4));
  });

  it('is no longer, once it was edited', async () => {
    const lines = [`{"type":"x","a":"${SECRET}"}`, `{"type":"y","a":"${'long '.repeat(50)}"}`];
    const decoded = lines.flatMap((text) => decodeLine({ text, terminated: true }));
    const events = (await redactedBatches([decoded], createRedactor(plain))).flat();
    const { clip } = createTruncator(64);
    expect(events.map((event) => sourceOf(clip(event).message))).toEqual([undefined, undefined]);
    expect(events.map((event) => JSON.parse(eventJson(clip(event))).truncated)).toEqual([false, true]);
  });

  it('has nothing between its values that acts on a terminal', async () => {
    const [text = ''] = await printed(['{"type":"x",\r"a":\t1}'], plain, true);
    expect(text).not.toMatch(/[\r\n]/);
    expect(JSON.parse(text).message).toEqual({ type: 'x', a: 1 });
  });
});
