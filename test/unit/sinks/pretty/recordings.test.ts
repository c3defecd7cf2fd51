import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { createPrettySink } from '../../../../src/sinks/pretty/pretty.ts';
import { messagesOf, RECORDINGS } from '../../../support/recordings.ts';
import { endingOf, fakeTerminal } from './events.ts';

describe.each([
  { face: 'live', isTTY: true },
  { face: 'plain', isTTY: false },
])('the $face face', ({ isTTY }) => {
  it.each(RECORDINGS)('shows %s without a control character or a line too long', async (name) => {
    const { terminal, text } = fakeTerminal(40, { isTTY });
    const sink = createPrettySink({ out: terminal, showThinking: true, showSystem: true, now: () => 0 });
    let sequence = 0;
    for (const message of await messagesOf(name)) {
      const timestamp = '2026-11-21T05:30:00.000Z';
      await sink.write({ sequence: ++sequence, timestamp, sessionId: null, message, redactions: 0, truncated: false });
    }
    expect(tooLong(text())).toEqual([]);
    await sink.close(endingOf());
    expect(/[^\P{Cc}\n]/u.exec(text())).toBeNull();
  });
});

function tooLong(text: string): string[] {
  return text.split('\n').filter((line) => stringWidth(line) > 40);
}
