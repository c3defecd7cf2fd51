import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../../src/outcome/classes.ts';
import { ADVICE } from '../../../src/explain/advice.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import { main } from '../../../src/main.ts';
import { assistant, init, type Raw, result, SESSION, toolResult, user } from '../outcome/evidence.ts';
import { crash } from '../sinks/endings.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { fakeIo, piped } from './fake-io.ts';

async function sluice(argv: readonly string[], record: string, stdin = '') {
  const cwd = temporaryFolder({ 'run.ndjson': record });
  const io = { ...fakeIo({ cwd, ...(stdin === '' ? {} : { stdin: piped(stdin) }) }), argv };
  const code = await main(io);
  return { code, ...io.printed() };
}

const START = Date.parse('2026-11-21T03:00:00.000Z');

/** A recording with a message at each of these seconds. */
function recording(messages: readonly (readonly [seconds: number, message: Raw])[], ending = ''): string {
  const lines = messages.map(([seconds, message], index) =>
    JSON.stringify({
      sequence: index + 1,
      timestamp: new Date(START + seconds * 1000).toISOString(),
      sessionId: SESSION,
      message: recognise(message),
      redactions: 0,
      truncated: false,
    }),
  );
  return `${lines.join('\n')}\n${ending}`;
}

const bash = assistant([{ type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'npm\ntest' } }]);
const broken = recording([
  [0, init()],
  [2, bash],
  [62, assistant('Still \u001B[31mat it')],
]);

describe('sluice explain', () => {
  it('says what the verdict goes by, where the time went, and what to try', async () => {
    const { code, out, err } = await sluice(['explain', 'run.ndjson'], broken);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatchInlineSnapshot(`
      "crashed (exit code 6) claude ended without a result

      Why
        claude gave no result
        the last call of a tool, Bash, has no result
        when the last message had come: running Bash

      When
        3 messages in 62.0 s, 1 call of tools
        after 0.0 s: 2.0 s without a message (waiting for the API)
        after 2.0 s: 60.0 s without a message (running Bash)
        after 2.0 s: the last call, Bash npm test; it did not end

      What to try
        See claude's stderr in the bundle. Was there memory enough (dmesg, --max-memory)?
        Try again; if it comes back, try another version of claude.
        To go on: sluice --resume e3c9e254-0f2e-4662-8047-6183c453dab1 "go on"
      "
    `);
    expect(out).not.toContain('\u001B');
  });

  it('goes by the ending that was recorded, and reads from a pipe', async () => {
    const { report } = crash();
    const end = JSON.stringify({
      sequence: 3,
      timestamp: new Date(START).toISOString(),
      sessionId: SESSION,
      message: { type: 'sluice', subtype: 'ending', code: 'ending', text: '', report },
      redactions: 0,
      truncated: false,
    });
    const record = recording([[0, init()]], `${end}\n`);
    const { out } = await sluice(['explain', '-o', 'json'], '', record);
    expect(JSON.parse(out)).toMatchObject({
      class: 'crashed',
      exitCode: 6,
      evidence: [
        'claude gave no result',
        'claude exited with 1, which alone says little',
        expect.any(String),
        expect.any(String),
      ],
      timeline: { messages: 1, calls: 0, lastCall: null },
    });
  });

  it('tells how a call of a tool ended, and nothing to try where all is well', async () => {
    const { out } = await sluice(
      ['explain', 'run.ndjson'],
      recording([
        [0, init()],
        [1, bash],
        [2, user([toolResult('t1', true)])],
        [3, result()],
      ]),
    );
    expect(out).toMatch(/^success \(exit code 0\) done$/m);
    expect(out).toMatch(/the last call, Bash npm test; it ended with an error$/m);
    expect(out).not.toContain('What to try');
  });

  it.each([
    ['no recording', ['explain', 'run.ndjson'], 'hello\n'],
    ['a file that is not there', ['explain', 'other'], broken],
    ['two files', ['explain', 'a', 'b'], broken],
    ['no file', ['explain'], broken],
    ['a flag of a run', ['explain', 'run.ndjson', '--model', 'x'], broken],
  ])('refuses %s', async (_, argv, record) => {
    const { code, out, err } = await sluice(argv, record);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^sluice: usage: /);
  });

  it('knows something to try for each class that is no success', () => {
    const classes = Object.keys(EXIT_CODES);
    expect(Object.keys(ADVICE).toSorted()).toEqual(classes.toSorted());
    const helpless = Object.entries(ADVICE).filter(([, advice]) => advice.length === 0);
    expect(helpless.map(([name]) => name)).toEqual(['success']);
  });
});
