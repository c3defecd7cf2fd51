import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRunModel } from '../../../src/page/run-model.ts';
import type { Entry } from '../../../src/page/transcript/entry.ts';
import { rowsOf } from '../../../src/page/transcript/rows.ts';
import { plotted, timeByLane } from '../../../src/page/timeline/spans.ts';
import type { RunEvent } from '../../../src/messages/types.ts';

const START = Date.parse('2026-11-30T03:00:00Z');
const NEVER = { receivedAt: null, startedAt: null, endedAt: null };

/** An event of any message, as it comes over the wire. */
function eventOf(message: unknown, second = 0): RunEvent {
  const timestamp = new Date(START + second * 1_000).toISOString();
  const event: unknown = { sequence: 1, timestamp, sessionId: null, message, redactions: 0, truncated: false };
  return event as RunEvent;
}

const says = (content: unknown, parent?: string) => ({
  type: 'assistant',
  message: { id: 'm', model: 'sonnet', content },
  ...(parent === undefined ? {} : { parent_tool_use_id: parent }),
});

const calls = (id: string, name: string, input: object, parent?: string) =>
  says([{ type: 'tool_use', id, name, input }], parent);

const returns = (id: string, content: string, parent?: string, isError = false) => ({
  type: 'user',
  message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content, is_error: isError }] },
  ...(parent === undefined ? {} : { parent_tool_use_id: parent }),
});

const piece = (event: object) => eventOf({ type: 'stream_event', event });

function modelOf(...messages: readonly unknown[]) {
  const model = createRunModel();
  for (const [second, message] of messages.entries()) model.see(eventOf(message, second));
  return model;
}

function described(entry: Entry): unknown {
  switch (entry.kind) {
    case 'called':
      return [entry.name, entry.summary, entry.result?.text ?? null, ...entry.inside.map(described)];
    default:
      return `${entry.kind}: ${entry.text}`;
  }
}

describe('a transcript', () => {
  it('has what was said, thought and called, with results beside their calls', () => {
    const { transcript } = modelOf(
      { type: 'system', subtype: 'init', model: 'sonnet', cwd: '/app' },
      says([
        { type: 'thinking', thinking: 'hm' },
        { type: 'text', text: 'I look.' },
      ]),
      calls('a', 'Bash', { command: 'ls\n -l' }),
      returns('a', 'one'),
      { type: 'user', message: { role: 'user', content: 'go on' } },
      {
        type: 'system',
        subtype: 'api_retry',
        attempt: 1,
        max_retries: 9,
        retry_delay_ms: 50,
        error_status: 529,
        error: 'overloaded',
      },
    );
    expect(transcript.setting).toMatchObject({ model: 'sonnet', cwd: '/app' });
    expect(transcript.entries.map(described)).toEqual([
      'thought: hm',
      'said: I look.',
      ['Bash', 'ls -l', 'one'],
      'asked: go on',
      'noted: API answered 529 (overloaded): retry 1/9 in 50 ms',
    ]);
    expect(transcript.open.size).toBe(0);
  });

  it('has what a subagent does within its call, shown while that goes on', () => {
    const before = [calls('a', 'Agent', { description: 'look' }), calls('b', 'Read', { file_path: 'x' }, 'a')];
    const model = modelOf(...before);
    expect(rowsOf(model.transcript.entries, () => undefined).map(({ depth }) => depth)).toEqual([0, 1]);
    model.see(eventOf(returns('b', 'text', 'a')));
    model.see(eventOf(returns('a', 'found')));
    expect(model.transcript.entries.map(described)).toEqual([['Agent', 'look', 'found', ['Read', 'x', 'text']]]);
    expect(rowsOf(model.transcript.entries, () => undefined)).toHaveLength(1);
    expect(rowsOf(model.transcript.entries, () => true)).toHaveLength(2);
  });

  it('shows a message while it is written, until it has come whole', () => {
    const { transcript, see } = createRunModel();
    transcript.piece(piece({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }));
    for (const text of ['It ', 'is']) {
      transcript.piece(piece({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }));
    }
    expect(transcript.entries).toMatchObject([{ kind: 'said', text: 'It is', isLive: true }]);
    see(eventOf(says([{ type: 'text', text: 'It is so.' }])));
    expect(transcript.entries).toMatchObject([{ kind: 'said', text: 'It is so.', isLive: false }]);
  });

  it('is told of anything that is JSON', () => {
    const type = fc.constantFrom(
      'assistant',
      'user',
      'system',
      'result',
      'stream_event',
      'rate_limit_event',
      'sluice',
      'x',
    );
    const block = fc.record({
      type: fc.constantFrom('text', 'tool_use', 'tool_result', 'thinking'),
      id: fc.jsonValue(),
    });
    const content = fc.oneof(fc.jsonValue(), fc.array(fc.oneof(fc.jsonValue(), block)));
    const message = fc.record({
      type,
      subtype: fc.constantFrom('api_retry', 'compact_boundary', 'hook_response', 'task_progress', 'init', 1),
      message: fc.oneof(fc.jsonValue(), fc.record({ id: fc.jsonValue(), usage: fc.jsonValue(), content })),
      rate_limit_info: fc.jsonValue(),
      event: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(message, fc.jsonValue())), (messages) => {
        const model = modelOf(...messages);
        for (const one of messages) model.transcript.piece(eventOf(one));
        const told = [model.spans.spans(NEVER), model.turns.turns(null), rowsOf(model.transcript.entries, () => true)];
        expect(told.map((list) => Array.isArray(list))).toEqual([true, true, true]);
      }),
    );
  });
});

describe('the time of a run', () => {
  const WHEN = { receivedAt: START - 3_000, startedAt: START - 1_000, endedAt: START + 9_000 };

  it('is that of the model, of tools and of waits', () => {
    const model = createRunModel();
    const at: readonly [number, unknown][] = [
      [0, { type: 'system', subtype: 'init' }],
      [2, calls('a', 'Bash', { command: 'ls' })],
      [5, returns('a', 'x')],
      [6, { type: 'system', subtype: 'api_retry', retry_delay_ms: 1_000 }],
      [9, says([{ type: 'text', text: 'so' }])],
    ];
    for (const [second, message] of at) model.see(eventOf(message, second));
    const spans = model.spans.spans(WHEN);
    expect(
      spans.map(({ lane, from, to, label }) => [lane, (from - START) / 1_000, (to - START) / 1_000, label]),
    ).toEqual([
      ['wait', -3, -1, 'in the queue'],
      ['wait', -1, 0, 'claude starting'],
      ['model', 0, 2, 'model'],
      ['tool', 2, 5, 'Bash: ls'],
      ['model', 5, 6, 'model'],
      ['wait', 6, 7, 'waiting to try the API again'],
      ['model', 7, 9, 'model'],
    ]);
    expect(timeByLane(spans)).toEqual({ model: 5_000, tool: 3_000, wait: 4_000 });
  });

  it('counts calls that go on at once as one, and draws neighbours as one', () => {
    const model = modelOf(
      { type: 'system', subtype: 'init' },
      says([
        { type: 'tool_use', id: 'a', name: 'Read', input: {} },
        { type: 'tool_use', id: 'b', name: 'Read', input: {} },
      ]),
      returns('a', 'x'),
      returns('b', 'y'),
    );
    const spans = model.spans.spans(NEVER);
    expect(timeByLane(spans).tool).toBe(2_000);
    expect(plotted(spans, 1_000).filter(({ lane }) => lane === 'tool')).toHaveLength(1);
  });
});

describe('the turns of a run', () => {
  const answer = (id: string, text: string) => ({
    type: 'assistant',
    message: {
      id,
      model: 'sonnet',
      content: [{ type: 'text', text }],
      usage: { input_tokens: 10, output_tokens: 1, cache_read_input_tokens: 100 },
    },
  });

  it('have the tokens of each, and a share of what the run has cost', () => {
    const { turns } = modelOf(answer('a', 'short'), answer('a', 'more of it'), answer('b', 'x'.repeat(40)));
    const usage = { inputTokens: 20, outputTokens: 300, cacheReadInputTokens: 200, cacheCreationInputTokens: 0 };
    const told = turns.turns({ usage, totalCostUsd: 0.6, modelUsage: { 'sonnet[1m]': { costUSD: 0.6 } } });
    expect(told).toMatchObject([
      { input: 10, cacheRead: 100 },
      { input: 10, cacheRead: 100 },
    ]);
    const sum = (of: (turn: (typeof told)[number]) => number): number => told.reduce((all, turn) => all + of(turn), 0);
    expect(sum(({ output }) => output)).toBeCloseTo(300, -1);
    expect(sum(({ cost }) => cost ?? 0)).toBeCloseTo(0.6);
    expect(turns.turns(null).map(({ cost }) => cost)).toEqual([null, null]);
  });

  it('have the output that the API told at the end of each answer, where there are pieces', () => {
    const piece = (event: object, parent: string | null = null) => ({
      type: 'stream_event',
      event,
      parent_tool_use_id: parent,
    });
    const { turns } = modelOf(
      piece({ type: 'message_start', message: { id: 'a' } }),
      piece({ type: 'message_start', message: { id: 'b' } }, 'call'),
      answer('a', 'short'),
      piece({ type: 'message_delta', usage: { output_tokens: 70 } }),
      answer('b', 'short'),
      piece({ type: 'message_delta', usage: { output_tokens: 20 } }, 'call'),
      answer('c', 'without'),
    );
    const usage = { inputTokens: 30, outputTokens: 100, cacheReadInputTokens: 0, cacheCreationInputTokens: 0 };
    const told = turns.turns({ usage, totalCostUsd: null, modelUsage: {} });
    expect(told.map(({ output, isExact }) => [output, isExact])).toEqual([
      [70, true],
      [20, true],
      [10, false],
    ]);
  });
});
