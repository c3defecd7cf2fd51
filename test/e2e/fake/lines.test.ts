import { describe, expect, it } from 'vitest';
import { begin, succeed } from '../../support/fake.ts';
import { sluiceHere } from '../../support/in-process.ts';

describe('what claude prints', () => {
  it('may hold a line that is no JSON: a warning carries it, and the run is a success with a warning', async () => {
    const run = await sluiceHere(['--ndjson', 'hi'], { fake: [...begin, { raw: 'npm WARN old\n' }, ...succeed] });
    expect(run).toMatchObject({
      exitCode: 0,
      stderr: "sluice: warning: 1 line of claude's output could not be read\n",
    });
    const warning = run.events().find(({ message }) => message['code'] === 'not_json');
    expect(warning?.message).toMatchObject({ type: 'sluice', subtype: 'warning', line: 'npm WARN old' });
  });

  it('may hold several messages on a line, or a sequence before one: all are read, and nothing is wrong', async () => {
    const said = { type: 'system', subtype: 'moon_phase', phase: 'full {"' };
    const fake = [{ raw: '\uFEFF\u001B[0m' }, ...begin, { raw: JSON.stringify(said) }, ...succeed];
    const run = await sluiceHere(['--ndjson', 'hi'], { fake });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const messages = run.events().map(({ message }) => message);
    expect(messages.map(({ type }) => type)).toEqual(
      ['system', 'sluice', 'system', 'assistant', 'sluice', 'result', 'sluice'], // the last tells the ending
    );
    expect(messages).toContainEqual(said);
    const lines = messages.filter(({ code }) => code === 'recovered_line').map(({ line }) => String(line));
    expect(lines[0]).toMatch(/^\uFEFF\u001B\[0m\{/);
    expect(lines[1]?.startsWith(`${JSON.stringify(said)}{`)).toBe(true);
  });

  it('may hold JSON that is no message', async () => {
    const run = await sluiceHere(['--ndjson', 'hi'], { fake: [...begin, { raw: '42\n{"a":1}\n' }, ...succeed] });
    expect(run.exitCode).toBe(0);
    const warnings = run.events().filter(({ message }) => message['code'] === 'not_a_message');
    expect(warnings.map(({ message }) => message['line'])).toEqual(['42', '{"a":1}']);
  });

  it('says so on stderr where the format has no room for it', async () => {
    const run = await sluiceHere(['-o', 'stream-json', 'hi'], { fake: [...begin, { raw: 'oops\n' }, ...succeed] });
    expect(run.messages().map(({ type }) => type)).toEqual(['system', 'assistant', 'result']);
    expect(run.stderr).toContain('"line":"oops"');
  });

  it.each([
    ['a type', { type: 'hologram', session_id: 'x', beams: [1, { deep: null }] }],
    ['a subtype', { type: 'system', subtype: 'moon_phase', phase: 'full' }],
    ['a field', { type: 'system', subtype: 'status', status: null, uuid: 'u', session_id: 's', brand_new: ['kept'] }],
  ])('may hold %s that nobody has seen before: it goes through untouched', async (_, message) => {
    const fake = [...begin, { print: message }, ...succeed];
    const asStream = await sluiceHere(['-o', 'stream-json', 'hi'], { fake });
    expect(asStream.stdout.split('\n')).toContain(JSON.stringify(message));
    const asEvents = await sluiceHere(['--ndjson', 'hi'], { fake });
    expect(asEvents.events().map((event) => event.message)).toContainEqual(message);
    expect([asStream.exitCode, asEvents.exitCode]).toEqual([0, 0]);
  });

  it('may come in pieces, in the middle of a character and of a line', async () => {
    const line = JSON.stringify({ type: 'system', subtype: 'moon_phase', phase: '🌕 full' });
    const bytes = Buffer.from(`${line}\n`);
    const cut = bytes.indexOf(Buffer.from('🌕')) + 2;
    const run = await sluiceHere(['-o', 'stream-json', 'hi'], {
      fake: [
        ...begin,
        { bytes: bytes.subarray(0, cut).toString('base64') },
        { sleep: 100 },
        { bytes: bytes.subarray(cut).toString('base64') },
        ...succeed,
      ],
    });
    expect(run.stdout.split('\n')).toContain(line);
  });

  it('may end its lines with CR LF, and be broken by empty ones', async () => {
    const line = JSON.stringify({ type: 'system', subtype: 'moon_phase', phase: 'new' });
    const run = await sluiceHere(['-o', 'stream-json', 'hi'], {
      fake: [...begin, { raw: `\r\n\n${line}\r\n` }, ...succeed],
    });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout.split('\n')).toContain(line);
  });

  it('may hold raw line separators of Unicode, which end no line', async () => {
    const message = { type: 'system', subtype: 'moon_phase', phase: 'a\u2028b\u2029c\u0085d' };
    const run = await sluiceHere(['-o', 'stream-json', 'hi'], { fake: [...begin, { print: message }, ...succeed] });
    expect(run.messages()).toContainEqual(message);
  });

  it('may hold invalid UTF-8, which becomes U+FFFD', async () => {
    const bytes = Buffer.from('{"type":"system","subtype":"moon_phase","phase":"\xff\xfe"}\n', 'latin1');
    const run = await sluiceHere(['--ndjson', 'hi'], {
      fake: [...begin, { bytes: bytes.toString('base64') }, ...succeed],
    });
    expect(run.exitCode).toBe(0);
    expect(run.events().map(({ message }) => message['phase'])).toContain('\uFFFD\uFFFD');
  });

  it('may hold a raw NUL: a warning, and no terminal or reader sees the byte', async () => {
    const run = await sluiceHere(['--ndjson', 'hi'], { fake: [...begin, { raw: 'a\0b\n' }, ...succeed] });
    expect(run.exitCode).toBe(0);
    expect(run.bytes.includes(0)).toBe(false);
    expect(run.events().map(({ message }) => message['line'])).toContain('a\0b');
  });
});
