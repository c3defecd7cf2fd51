import { expect, it } from 'vitest';
import { createPrettySink } from '../../../../src/sinks/pretty/pretty.ts';
import { messagesOf, RECORDINGS } from '../../../support/recordings.ts';
import { endingOf, fakeTerminal } from './events.ts';

it.each([
  { face: 'live', isTTY: true },
  { face: 'plain', isTTY: false },
])('shows every recording on the $face face, without a control character or a line too long', async ({ isTTY }) => {
  for (const name of RECORDINGS) {
    const { terminal, text } = fakeTerminal(40, { isTTY });
    const sink = createPrettySink({ out: terminal, showThinking: true, showSystem: true, now: () => 0 });
    let sequence = 0;
    for (const message of await messagesOf(name)) {
      const timestamp = '2026-11-21T05:30:00.000Z';
      await sink.write({ sequence: ++sequence, timestamp, sessionId: null, message, redactions: 0, truncated: false });
    }
    await sink.close(endingOf());
    expect({ name, control: /[^\P{Cc}\n\t]/u.exec(text()) }).toEqual({ name, control: null });
    expect({ name, tooLong: oneLiners(text()).filter((line) => line.length > 40) }).toEqual({ name, tooLong: [] });
  }
});

function oneLiners(text: string): string[] {
  return text.split('\n').filter((line) => /^(?:.{9} │ )?(?:│ )*[●↻◇⚠]/u.test(line));
}
