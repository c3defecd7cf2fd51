import { describe, expect, it } from 'vitest';
import { replay } from '../../src/replay.ts';
import { from } from '../support/collect.ts';

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
