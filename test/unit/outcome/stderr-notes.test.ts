import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/outcome/classify.ts';
import { stderrNotes } from '../../../src/outcome/stderr-notes.ts';
import { evidence, init, result } from './evidence.ts';

describe('stderrNotes', () => {
  it('tells each line once, without the word warning', () => {
    const rule = 'Permission deny rule "bash" matches no known tool — check for typos.';
    const stderr = `Warning: Beta header 'x' is not allowed.\n\n${rule}\n${rule}\n`;
    expect(stderrNotes(stderr)).toEqual(["Beta header 'x' is not allowed.", rule]);
  });

  it('takes indented lines for a part of the one above', () => {
    const stderr =
      'Managed settings contain invalid entries:\n  a.json (permissions): ignored.\n\tb.json: ignored.\nNext\n';
    expect(stderrNotes(stderr)).toEqual([
      'Managed settings contain invalid entries: a.json (permissions): ignored. b.json: ignored.',
      'Next',
    ]);
    expect(stderrNotes('  alone\n')).toEqual(['alone']);
  });

  it.each([
    ['2026-11-29T17:22:52.492Z [DEBUG] MDM settings load completed in 1ms'],
    ['[claude-code:unrecognized_model] {"model":"mine","query_source":"sdk"}'],
    ['Could not parse message into JSON: {"type":"message_start","mess'],
    ['From chunk: [ "event: message_start" ]'],
    ['(node:12) ExperimentalWarning: something is an experimental feature'],
    ['(Use `node --trace-warnings ...` to show where the warning was created)'],
    ['(node:12) [DEP0040] DeprecationWarning: The `punycode` module is deprecated.'],
  ])('leaves out what tells nothing: %s', (line) => {
    expect(stderrNotes(`${line}\n    at frame (file:///x.js:1:2)\nReal\n`)).toEqual(['Real']);
  });

  it('is bounded in number and length, and in one line each, without colours', () => {
    const many = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n');
    expect(stderrNotes(many)).toHaveLength(9);
    expect(stderrNotes(many).at(-1)).toBe('and 22 lines more on its stderr');
    expect(stderrNotes('x'.repeat(10_000))[0]).toHaveLength(301);
    expect(stderrNotes('\u001b[31mred\u001b[39m\r\nnext')).toEqual(['red', 'next']);
    expect(stderrNotes('')).toEqual([]);
  });
});

describe('what claude said on stderr', () => {
  const stderr = "Warning: Unknown --effort value 'bogus' — ignoring it.\n";
  const warning = "claude: Unknown --effort value 'bogus' — ignoring it.";

  it('is a warning of a run that went on with it, well or not', () => {
    const failed = result({ is_error: true, result: 'API Error: 500' });
    for (const messages of [
      [init(), result()],
      [init(), failed],
    ])
      expect(classify(evidence(messages, { stderr })).warnings).toEqual([warning]);
    expect(classify(evidence([init()], { stderr, stoppedBy: 'timeout' })).warnings).toEqual([warning]);
  });

  it('is none where it is the reason of the ending already', () => {
    const exit = { code: 1, signal: null };
    expect(classify(evidence([], { stderr: 'error: unknown option\n', exit })).warnings).toEqual([]);
    const errors = ['No conversation found with session ID: 1'];
    const missing = result({ subtype: 'error_during_execution', is_error: true, errors });
    expect(classify(evidence([missing], { stderr: `${errors[0]}\n`, exit })).warnings).toEqual([]);
  });
});
