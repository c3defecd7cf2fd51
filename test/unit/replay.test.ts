import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replay } from '../../src/replay.ts';
import type { Chunks } from '../../src/stream/as-bytes.ts';
import { from } from '../support/collect.ts';
import { temporaryFolder } from './temporary-folder.ts';

const SECRET = `ghp_${'aB3dE5gH7j'.repeat(4).slice(0, 36)}`;
const redactor = { values: ['Zx9qLm42PwRt77KdQQ1234567890'] };

const event = (sequence: number, message: object) =>
  `${JSON.stringify({ sequence, timestamp: '2026-11-21T12:00:00.000Z', sessionId: null, message, redactions: 0, truncated: false })}\n`;
const says = (text: string) => ({
  type: 'assistant',
  message: { id: 'm', model: 'x', content: [{ type: 'text', text }] },
});

async function replayed(lines: readonly string[]) {
  const bytes = lines.map((line) => Buffer.from(line));
  return JSON.stringify(await replay(from(bytes), {}, [], { env: {}, redactor }));
}

describe('what is replayed', () => {
  const recording = `${event(1, says('so 🙂 far'))}${event(2, says('and on'))}`;
  const summary = { class: 'crashed', report: { result: { summary: 'so 🙂 farand on' } } };
  const torn = recording.indexOf('🙂') + 1;
  const file = (): string => join(temporaryFolder({ 'run.ndjson': recording }), 'run.ndjson');

  it.each<[string, () => Chunks]>([
    ['a text', () => recording],
    ['bytes', () => Buffer.from(recording)],
    ['a list of texts, torn in a character', () => [recording.slice(0, torn), '', recording.slice(torn)]],
    ['a list of texts and bytes', () => [recording.slice(0, 9), Buffer.from(recording.slice(9))]],
    ['a stream of text', () => createReadStream(file(), { encoding: 'utf8', highWaterMark: 7 })],
    ['a stream of bytes', () => createReadStream(file(), { highWaterMark: 7 })],
    ['a stream of the web', () => new Blob([recording]).stream()],
    ['a generator of lines', () => from(recording.split(/(?<=\n)/))],
  ])('may be %s', async (_what, chunks) => {
    const ending = await replay(chunks(), {}, [], { env: {} });
    expect(ending).toMatchObject(summary);
  });

  it('may be half a character, which is none', async () => {
    await expect(replay(['\ud83d'], {}, [], { env: {} })).resolves.toMatchObject({ class: expect.any(String) });
  });

  it.each<[string, () => unknown, RegExp]>([
    ['nothing', () => null, /^chunks: expected bytes or text, in a stream or a list, got null$/],
    ['numbers', () => [1], /^chunks: expected bytes or text, .* got number$/],
    ['a file that is missing', () => createReadStream(`${file()}.gone`), /^chunks: they cannot be read: .*ENOENT/],
  ])('is not %s', async (_what, chunks, message) => {
    const ending = await replay(chunks() as Chunks);
    expect(ending).toMatchObject({ class: 'usage', message: expect.stringMatching(message) });
  });
});

describe('a replay', () => {
  it('shows no secret of a raw line in a damaged recording', async () => {
    const raw = `${JSON.stringify({ type: 'result', subtype: 'success', is_error: false, result: `it is ${SECRET}` })}\n`;
    const told = await replayed([event(1, says('hello')), raw]);
    expect(told).toContain('it is [REDACTED:');
    expect(told).not.toContain(SECRET);
  });

  it('shows no secret that comes in two messages of a recording without an ending', async () => {
    const told = await replayed([event(1, says('start Zx9qLm42PwRt77')), event(2, says('KdQQ1234567890 end'))]);
    expect(told).toContain('start [REDACTED:');
    expect(told).not.toContain('Zx9qLm42PwRt77KdQQ1234567890');
  });

  it('reads what a shell of Windows wrote', async () => {
    const text = `\uFEFF${event(1, says('größe'))}`.replaceAll('\n', '\r\n');
    const ending = await replay(from([Buffer.from(text, 'utf16le')]), {}, [], { env: {} });
    expect(ending.report.result.summary).toBe('größe');
  });

  it('says what is no recording at all', async () => {
    const ending = await replay(from([Buffer.from([0x1f, 0x8b, 8, 0])]), {}, [], { env: {} });
    expect(ending).toMatchObject({ class: 'usage', message: expect.stringMatching(/is gzip, and no recording/) });
  });

  it('ends when it is told to, although its source stays silent', async () => {
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(event(1, says('so far')));
      await new Promise(() => {});
    }
    const ending = await replay(silent(), {}, [], { env: {}, signal: AbortSignal.timeout(50) });
    expect(ending).toMatchObject({ class: 'timeout', report: { result: { summary: 'so far' } } });
  });

  it('tells of a bad option, and closes its sinks', async () => {
    const closed: string[] = [];
    const sink = { write() {}, close: ({ class: outcome }: { class: string }) => void closed.push(outcome) };
    await replay(from([]), {}, [sink], { env: {}, redactor: { values: ['x'] } });
    expect(closed).toEqual(['usage']);
  });
});
