import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventLine } from '../../../src/sinks/formats/ndjson.ts';
import { escapeJson } from '../../../src/sinks/safe-text.ts';
import { unchangedJson } from '../../../src/sinks/formats/unchanged-json.ts';
import type { Message } from '../../../src/messages/types.ts';
import { decodeLine } from '../../../src/stream/decode.ts';
import { RECORDINGS, streamOf } from '../../support/recordings.ts';

const read = (text: string): readonly Message[] => decodeLine({ text, terminated: true });
const status = (text: string): string =>
  JSON.stringify({ type: 'system', subtype: 'local_command_output', content: text });

describe('unchangedJson', () => {
  it.each(['plain', 'ü 😀', 'two\nlines\tand "quotes"', '# one sign', '\\n'])(
    'is the line of a message: %j',
    (text) => {
      const [message] = read(status(text));
      expect(message && unchangedJson(message)).toBe(status(text));
    },
  );

  it.each([
    ['DEL', status('\u007f')],
    ['C1', status('\u009b31m')],
    ['a bidi control', status('\u202e')],
    ['a command of a CI system', status('##[error]')],
    ['one that takes more characters', status('#\u200b#[error]')],
    ['a carriage return between tokens', '{"type":\r"hologram"}'],
    ['a field that is there twice', '{"type":"hologram","text":"a","text":"b"}'],
  ])('is not the line where that has %s', (_, line) => {
    const [message] = read(line);
    expect(message && unchangedJson(message)).toBeNull();
  });

  it('is not the line of a copy', () => {
    const [message] = read(status('a'));
    expect(message && unchangedJson({ ...message })).toBeNull();
  });
});

describe('eventLine', () => {
  const eventOf = (message: Message) => ({
    sequence: 7,
    timestamp: '2026-01-01T00:00:00.000Z',
    sessionId: 'a "session"',
    message,
    redactions: 0,
    truncated: false,
  });

  it('is the same for every message of every recording as if it were made anew', () => {
    for (const name of RECORDINGS) {
      for (const line of streamOf(name).toString().split('\n').filter(Boolean)) {
        for (const message of read(line)) expect(eventLine(eventOf(message))).toBe(`${escapeJson(eventOf(message))}\n`);
      }
    }
  });

  it('is the same for any message', () => {
    const texts = fc.string({
      unit: fc.oneof(fc.constantFrom('#', '[', '\u200b', '\u2028', '\u007f', '\\', '"'), fc.string()),
    });
    fc.assert(
      fc.property(fc.dictionary(texts, fc.oneof(texts, fc.jsonValue())), (fields) => {
        const events = read(JSON.stringify({ ...fields, type: 'hologram' })).map(eventOf);
        expect(events.map(eventLine)).toEqual(events.map((event) => `${escapeJson(event)}\n`));
      }),
    );
  });

  it('has what somebody added to an event', () => {
    for (const message of read(status('a'))) {
      const event = { ...eventOf(message), from: 'host-1' };
      expect(JSON.parse(eventLine(event))).toMatchObject({ from: 'host-1' });
    }
  });

  it('tells each event of its own time and session', () => {
    const [one, other] = [...read(status('a')), ...read(status('b'))].map(eventOf);
    for (const event of [one, other, one].filter((event) => event !== undefined)) {
      const later = { ...event, timestamp: '2026-01-01T00:00:00.001Z' };
      const elsewhere = { ...event, sessionId: null };
      for (const each of [event, later, elsewhere]) expect(JSON.parse(eventLine(each))).toEqual(each);
    }
  });
});
