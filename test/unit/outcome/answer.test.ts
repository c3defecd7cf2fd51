import { describe, expect, it } from 'vitest';
import { finalText } from '../../../src/outcome/answer.ts';
import { evidenceOf, type RecordingName, RECORDINGS } from '../../support/recordings.ts';
import { assistant, factsOf, result, SESSION, toolResult, toolUse, user } from './evidence.ts';

/** What a person who read the recording calls its answer, where claude's own `result` does not say it. */
const ANSWERS: Partial<Record<RecordingName, string>> = {
  'maxtokens-once': 'This is cut and finished.',
  'maxtokens-once-2.1.329': 'This is cut and finished.',
  emptyturn: '',
  'compact-manual': '',
  'hooks-continue-false': 'Again.',
  'hooks-continue-false-2.1.329': 'Again.',
  structured: '{"name":"Ada","age":36}',
  'structured-2.1.329': '{"name":"Ada","age":36}',
  'structured-never': 'I refuse to call the tool.',
  'structured-never-2.1.329': 'I refuse to call the tool.',
  'structured-bad': '',
  maxturns: 'again',
  'maxturns-1.0.128': 'again',
  'maxturns-2.0.76': 'again',
  'maxturns-2.1.329': 'again',
  'maxturns-parallel': 'Three at once.',
  'maxturns-parallel-2.1.329': 'Three at once.',
  'hooks-stop-block': 'Hello from the stub.',
  'hooks-stop-block-2.1.329': 'Hello from the stub.',
  budget: 'costly',
  'budget-2.1.329': 'costly',
  ctxexceeded: 'xxxx',
  'ctxexceeded-2.1.329': 'xxxx',
  'refusal-2.1.329': 'I cannot help',
  'refusal-empty': '',
  pauseturn: 'pausing',
  'in-streamjson-interrupt': 'word '.repeat(15),
  'in-streamjson-interrupt-2.1.329': 'word '.repeat(14),
  'sigint-streaming': 'word '.repeat(24),
  'sigint-streaming-2.1.329': 'word '.repeat(24),
  'sigint-streaming-1.0.128': 'word '.repeat(25),
  'sigint-streaming-2.0.76': 'word '.repeat(25),
  'sigterm-streaming': 'word '.repeat(24),
  'sigterm-streaming-1.0.128': 'word '.repeat(24),
  'sigterm-streaming-2.0.76': 'word '.repeat(25),
  'sigterm-streaming-2.1.329': 'word '.repeat(24),
  'perm-stdio-noanswer': 'I will write.',
  'perm-stdio-noanswer-2.1.329': 'I will write.',
  'bash-bg': 'Turn text #2',
  'bash-bg-2.1.329': 'Turn text #2',
  'sigterm-bgtask': 'Turn text #2',
  'sigterm-bgtask-2.1.329': 'Turn text #2',
  task: 'Parent done.',
  'task-2.1.329': 'Parent done.',
  thinking: 'Final answer.',
  'thinking-2.1.329': 'Final answer.',
  partial: 'Final answer.',
  'partial-2.1.329': 'Final answer.',
  'json-format': 'All done.',
  'json-format-verbose': 'All done.',
};

const GIVEN = RECORDINGS.filter((name) => name in ANSWERS);

describe('the final text of a recording', () => {
  it.each(GIVEN)('of %s is what a person says', async (name) => {
    const { facts } = await evidenceOf(name);
    expect(finalText(facts)).toBe(ANSWERS[name]);
  });

  it('is looked at in every recording that is listed', () => {
    expect(GIVEN).toHaveLength(Object.keys(ANSWERS).length);
  });

  it('is the part of the reply that came, where the output was cut', async () => {
    const { facts } = await evidenceOf('stdout-unread');
    expect(finalText(facts)).not.toMatch(/[^x]/);
  });

  it.each(RECORDINGS)("of %s is claude's own result, where it has one that is whole", async (name) => {
    const { facts } = await evidenceOf(name);
    const told = facts.result?.is_error === false ? (facts.result.result ?? '') : '';
    expect(finalText(facts).endsWith(told)).toBe(true);
  });

  it.each(RECORDINGS.filter((name) => /^(?:e4|e5|nokey|malformed|refused|dns|emptystream)/.test(name)))(
    'of %s holds no error text',
    async (name) => {
      const { facts } = await evidenceOf(name);
      expect(finalText(facts)).not.toMatch(/API Error|Invalid|Not logged/);
    },
  );
});

describe('finalText', () => {
  const textOf = (...messages: Parameters<typeof factsOf>[0][number][]) => finalText(factsOf(messages));
  const noText = { result: undefined };

  it('is the text since the last tool result', () => {
    expect(
      textOf(
        assistant('First I look.'),
        assistant([toolUse('t1', 'Bash')]),
        user([toolResult('t1')]),
        assistant('It is ', {}, { id: 'm2' }),
        assistant('the disk.', {}, { id: 'm2' }),
        result(noText),
      ),
    ).toBe('It is the disk.');
  });

  it('falls back on the turn before when the last one said nothing', () => {
    expect(
      textOf(assistant('Again.'), assistant([toolUse('t1', 'Bash')]), user([toolResult('t1')]), result(noText)),
    ).toBe('Again.');
  });

  it('leaves out subagents, thinking and what claude made up itself', () => {
    expect(
      textOf(
        assistant('Below.', { parent_tool_use_id: 'toolu_1' }),
        assistant([{ type: 'thinking', thinking: 'Hmm.' }]),
        assistant('Above.'),
        assistant('API Error: 500', {}, { model: '<synthetic>' }),
        result({ is_error: true, result: 'API Error: 500' }),
      ),
    ).toBe('Above.');
  });

  it('is not cut by what a subagent is told', () => {
    expect(
      textOf(assistant('One. '), user('go on', { parent_tool_use_id: 'toolu_1' }), assistant('Two.'), result(noText)),
    ).toBe('One. Two.');
  });

  it('adds the beginning that result lacks', () => {
    expect(
      textOf(
        assistant('This is cut'),
        assistant(' and finished.', {}, { id: 'm2' }),
        result({ result: ' and finished.' }),
      ),
    ).toBe('This is cut and finished.');
  });

  it("trusts claude's result where the messages do not end with it", () => {
    expect(textOf(assistant('Something else, and longer.'), result({ result: 'This.' }))).toBe('This.');
  });

  it('goes on over the note about the token limit, and no other', () => {
    const note = 'Output token limit hit. Resume directly from where you stopped.';
    const halves = [assistant('Half'), assistant(' whole', {}, { id: 'm2' })] as const;
    expect(textOf(halves[0], user(note, { isSynthetic: true }), halves[1], result(noText))).toBe('Half whole');
    expect(textOf(halves[0], user(note), halves[1], result(noText))).toBe(' whole');
    expect(textOf(halves[0], user('Stop hook feedback', { isSynthetic: true }), halves[1], result(noText))).toBe(
      ' whole',
    );
  });

  it('takes back what a refusal retracted or a later message supersedes', () => {
    const retraction = {
      type: 'system',
      subtype: 'model_refusal_fallback',
      session_id: SESSION,
      original_model: 'a',
      fallback_model: 'b',
      content: 'fell back',
      retracted_message_uuids: ['u1'],
    };
    expect(
      textOf(assistant('No.', { uuid: 'u1' }), retraction, assistant('Yes.', { uuid: 'u2' }), result(noText)),
    ).toBe('Yes.');
    expect(textOf(assistant('No.', { uuid: 'u1' }), assistant('Yes.', { supersedes: ['u1'] }), result(noText))).toBe(
      'Yes.',
    );
  });

  it('is taken from the pieces where the message itself never came, and never twice', () => {
    const start = { type: 'stream_event', event: { type: 'message_start', message: { id: 'm1' } } };
    const piece = (text: string, parent: string | null = null) => ({
      type: 'stream_event',
      event: { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
      parent_tool_use_id: parent,
    });
    expect(textOf(start, piece('Hal'), piece('no', 'toolu_1'), piece('f'))).toBe('Half');
    expect(textOf(start, piece('Hal'), piece('f'), assistant('Half'), result(noText))).toBe('Half');
    expect(textOf(start, piece('Half'), assistant('Half'), start, piece(' more'))).toBe('Half more');
  });

  it('is what had come when claude was interrupted', () => {
    const start = { type: 'stream_event', event: { type: 'message_start', message: { id: 'm1' } } };
    const delta = { type: 'text_delta', text: 'Half' };
    const piece = { type: 'stream_event', event: { type: 'content_block_delta', index: 0, delta } };
    const aborted = result({ subtype: 'error_during_execution', is_error: true, terminal_reason: 'aborted_streaming' });
    expect(textOf(start, piece, user('[Request interrupted by user]'), aborted)).toBe('Half');
    expect(textOf(start, piece, user('Go on.'), aborted)).toBe('');
  });

  it('stands when a background task makes claude speak again', () => {
    const origin = { kind: 'task-notification' };
    const later = [user('done', { origin }), assistant('By the way.'), result({ result: 'By the way.', origin })];
    expect(textOf(assistant('Answer.'), result({ result: '' }), ...later)).toBe('Answer.');
    expect(textOf(assistant('Answer.'), result({ result: 'Answer.' }), ...later)).toBe('Answer.');
  });

  it("is a slash command's output where there is nothing else, but not of a run that failed", () => {
    const output = assistant('Total cost: $0.02', {}, { model: '<synthetic>' });
    expect(textOf(output, result({ result: '', num_turns: 0 }))).toBe('Total cost: $0.02');
    expect(textOf(output, result({ is_error: true, result: 'Total cost: $0.02' }))).toBe('');
  });
});
