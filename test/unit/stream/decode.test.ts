import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUnknown, type Message } from '../../../src/messages/types.ts';
import { decode, decodeLine } from '../../../src/stream/decode.ts';
import { splitLines } from '../../../src/stream/split-lines.ts';
import { rounds } from '../../support/rounds.ts';
import { collect, from } from '../../support/collect.ts';
import { messagesOf, RECORDINGS, streamOf } from '../../support/recordings.ts';
import { bytesOfOutput, cutAt, places } from './chunks.ts';

const line = (text: string, terminated = true) => ({ text, terminated });

async function decoded(chunks: readonly Uint8Array[]): Promise<Message[]> {
  const batches = await collect(decode(splitLines(from(chunks))));
  return batches.flat();
}

describe('decodeLine', () => {
  it('reads a message with every field it has', () => {
    const message = { type: 'keep_alive', new_field: { deep: [1, null] } };
    expect(decodeLine(line(JSON.stringify(message)))).toEqual([message]);
  });

  it('reads a whole message from a line that nothing ended', () => {
    expect(decodeLine(line('{"type":"keep_alive"}', false))).toEqual([{ type: 'keep_alive' }]);
  });

  it('unwraps an array of messages, in order', () => {
    const messages = decodeLine(line('[{"type":"keep_alive"},{"type":"hologram","n":1}]'));
    expect(messages).toMatchObject([{ type: 'keep_alive' }, { type: 'hologram', n: 1 }]);
    expect(messages.map(isUnknown)).toEqual([false, true]);
  });

  it.each(['Error: out of cheese', 'loading nvm…', '[INFO] up to date', 'got {"a":1}', '\0', '\uFEFF?'])(
    'keeps a line that is not JSON in a warning: %j',
    (text) => {
      expect(decodeLine(line(text))).toEqual([
        { type: 'sluice', subtype: 'warning', code: 'not_json', text: expect.stringContaining('not JSON'), line: text },
      ]);
    },
  );

  it.each([
    ['whose end is missing', '{"type":"assistant","mess'],
    ['with another one glued to it', '{"type":"assistant","mess{"type":"result","subtype":"success"}'],
    ['of which one byte was written before another one', '{{"is_error":false,"type":"result"}'],
    ['whose beginning is missing', 'and so on"}]},"session_id":"s1","uuid":"u1"}'],
    ['before which another one ends', 'o on"}]}}{"type":"result","subtype":"success"}'],
    ['after a hole in the file', '\0\0\0{"subtype":"init","type":"system"}}'],
  ])('knows a damaged line by a message %s', (_, text) => {
    expect(decodeLine(line(text))).toEqual([
      {
        type: 'sluice',
        subtype: 'warning',
        code: 'damaged_line',
        text: expect.stringContaining('damaged'),
        line: text,
      },
    ]);
  });

  const [one, two] = [
    { type: 'keep_alive', text: 'a "}{" \\' },
    { type: 'hologram', deep: [{}, '\u2028'] },
  ];
  const [first, second] = [JSON.stringify(one), JSON.stringify(two)];

  it.each([
    ['glued together', `${first}${second}`, [one, two]],
    ['apart by space', ` ${first}\t \r${second} `, [one, two]],
    ['three of them, one in an array', `${first}[${second}]${first}`, [one, two, one]],
    ['behind a byte order mark', `\uFEFF${first}`, [one]],
    ['behind colours and a title', `\u001B[0m\u001B[?25l\u001B]0;claude {\u0007\u001B(B\u009B2K${first}`, [one]],
    ['before what resets a terminal', `${first}\u001B[0m\u001B]8;;\u001B\\`, [one]],
    ['with all of that between', `\uFEFF${first}\u001B[K\uFEFF${second}`, [one, two]],
  ])('reads messages that are not alone on their line: %s', (_, text, messages) => {
    expect(decodeLine(line(text))).toEqual([
      ...messages.map((message) => expect.objectContaining(message)),
      { type: 'sluice', subtype: 'notice', code: 'recovered_line', text: expect.any(String), line: text },
    ]);
  });

  it.each([
    ['a torn one', `${first}{"type":"assis`, true, 'damaged_line'],
    ['a torn one at the end of all', `${first}{"type":"assis`, false, 'torn_line'],
    ['words', `${first} and so on`, true, 'not_json'],
    ['what is no message', `${first}{"a":1}`, true, 'not_a_message'],
    ['a sequence without an end', `${first}\u001B]0;title`, true, 'not_json'],
  ])('reads a message that is followed by %s, and keeps the line', (_, text, terminated, code) => {
    expect(decodeLine(line(text, terminated))).toEqual([
      one,
      expect.objectContaining({ type: 'sluice', subtype: 'warning', code, line: text }),
    ]);
  });

  it('takes time in proportion to a line, however it is made', () => {
    for (const text of ['{', '[', '{"a":"', '\u001B]', '\u001B[', `${first} `, ' ', '\\"', '{"type":"a"}'])
      expect(decodeLine(line(text.repeat(50_000))).length).toBeGreaterThan(0);
  });

  it('calls it torn when nothing ended it', () => {
    expect(decodeLine(line('{"type":"assis', false))).toEqual([
      expect.objectContaining({ type: 'sluice', subtype: 'warning', code: 'torn_line', line: '{"type":"assis' }),
    ]);
  });

  it.each([
    '12',
    'null',
    'true',
    '"text"',
    '{}',
    '{"kind":"a"}',
    '{"type":7}',
    '[]',
    '[1]',
    '[{"type":"a"},{}]',
    '[[{"type":"a"}]]',
  ])('keeps JSON that is no message in a warning: %s', (text) => {
    expect(decodeLine(line(text))).toEqual([
      expect.objectContaining({ type: 'sluice', subtype: 'warning', code: 'not_a_message', line: text }),
    ]);
  });

  it.each([
    { type: 'sluice', subtype: 'notice', code: 'ending', text: 'all is well', report: {} },
    { type: 'sluice', subtype: 'warning', code: 'torn_line', text: 'x', line: 'x' },
  ])('takes nothing of claude for ours: %j', (forged) => {
    const text = JSON.stringify(forged);
    const refused = { type: 'sluice', subtype: 'warning', code: 'not_a_message', text: expect.any(String), line: text };
    expect(decodeLine(line(text))).toEqual([refused]);
    expect(decodeLine(line(`[{"type":"keep_alive"},${text}]`))).toEqual([
      { ...refused, line: `[{"type":"keep_alive"},${text}]` },
    ]);
  });

  it('leaves Object.prototype alone', () => {
    const [message] = decodeLine(line('{"type":"x","__proto__":{"polluted":true},"constructor":{"prototype":1}}'));
    expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
    expect(Object.keys(message ?? {})).toContain('__proto__');
  });
});

describe('decode', () => {
  it('gives the same messages for any chunking of any bytes, and drops no line', async () => {
    await fc.assert(
      fc.asyncProperty(bytesOfOutput, places, async (bytes, cuts) => {
        const whole = await decoded([bytes]);
        expect(await decoded(cutAt(bytes, cuts))).toEqual(whole);
        const lines = (await collect(splitLines(from([bytes])))).flat();
        expect(whole.length).toBeGreaterThanOrEqual(lines.length);
      }),
      { numRuns: rounds(60) },
    );
  });

  it.each(RECORDINGS)('reads %s alike however it is cut', async (name) => {
    const bytes = streamOf(name);
    const whole = await messagesOf(name);
    await fc.assert(
      fc.asyncProperty(places, async (cuts) => {
        expect(await decoded(cutAt(bytes, cuts))).toEqual(whole);
      }),
      { numRuns: bytes.length > 100_000 ? 2 : 5 },
    );
  });
});
