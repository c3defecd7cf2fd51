import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIdleWatchdog, type IdleWatchdog, type WatchdogLimits } from '../../../src/claude/idle-watchdog.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import { assistant, init, type Raw, result, toolResult, toolUse, user } from '../outcome/evidence.ts';

const SECOND = 1_000;
const LIMITS = { start: 60 * SECOND, api: 100 * SECOND, tool: 300 * SECOND, text: 20 * SECOND };
const retry: Raw = {
  type: 'system',
  subtype: 'api_retry',
  attempt: 1,
  max_retries: 10,
  retry_delay_ms: 500,
  error_status: 529,
  error: 'overloaded',
  session_id: 's',
};
const piece = (type: string): Raw => ({
  type: 'stream_event',
  event: { type, index: 0, delta: { type: 'text_delta', text: 'x' } },
  parent_tool_use_id: null,
  session_id: 's',
});

let stalls: string[] = [];

function watchdog(limits: WatchdogLimits = LIMITS): IdleWatchdog {
  return createIdleWatchdog(limits, (state, limit) => stalls.push(`${state} ${limit}`));
}

function after(seconds: number): void {
  vi.advanceTimersByTime(seconds * SECOND);
}

beforeEach(() => {
  stalls = [];
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'hrtime'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('watchdog', () => {
  it.each<[name: string, messages: readonly Raw[], stalled: string, limit: number]>([
    ['claude itself', [], 'start', 60],
    ['the API', [init()], 'api', 100],
    ['the API, whose errors are no progress', [init(), retry], 'api', 100],
    ['a tool', [init(), assistant([toolUse('a', 'Bash')])], 'tool', 300],
    [
      'the second of two tools',
      [init(), assistant([toolUse('a', 'Bash'), toolUse('b', 'Read')]), user([toolResult('a')])],
      'tool',
      300,
    ],
    ['the API after a tool', [init(), assistant([toolUse('a', 'Bash')]), user([toolResult('a')])], 'api', 100],
    ['more text', [init(), piece('message_start'), piece('content_block_delta')], 'text', 20],
    ['the API after a text', [init(), piece('message_start'), piece('message_stop')], 'api', 100],
  ])('runs out when nothing comes from %s', (_name, messages, state, limit) => {
    const waiting = watchdog();
    waiting.asked();
    for (const message of messages) waiting.heard(recognise(message));
    after(limit - 2);
    expect(stalls).toEqual([]);
    after(4);
    expect(stalls).toEqual([`${state} ${limit * SECOND}`]);
    after(10 * limit);
    expect(stalls).toHaveLength(1);
  });

  it('begins anew with each sign of life', () => {
    const waiting = watchdog();
    waiting.asked();
    for (let round = 0; round < 10; round++) {
      waiting.heard(recognise(round % 2 === 0 ? init() : { type: 'something_new' }));
      after(90);
    }
    expect(stalls).toEqual([]);
  });

  it('is not stretched by retries, however often they come', () => {
    const waiting = watchdog();
    waiting.asked();
    waiting.heard(recognise(init()));
    for (let round = 0; round < 12; round++) {
      after(10);
      waiting.heard(recognise(retry));
    }
    expect(stalls).toEqual(['api 100000']);
  });

  it('does not run before there is a question, nor after the end', () => {
    const waiting = watchdog();
    after(10_000);
    waiting.asked();
    waiting.end();
    waiting.asked();
    after(10_000);
    expect(stalls).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not count the time in which this process was stopped', () => {
    const waiting = watchdog();
    waiting.asked();
    waiting.heard(recognise(init()));
    after(10);
    // What a stopped process sees when it goes on: hours have passed, and one tick.
    const [seconds, rest] = process.hrtime();
    vi.spyOn(process, 'hrtime').mockReturnValue([seconds + 3_600, rest]);
    after(1);
    expect(stalls).toEqual([]);
    vi.restoreAllMocks();
  });

  it('takes limits of any size, none at all among them', () => {
    const waiting = watchdog({ ...LIMITS, start: 50, api: Number.POSITIVE_INFINITY });
    waiting.asked();
    waiting.heard(recognise(init()));
    after(1_000);
    expect(stalls).toEqual([]);
    waiting.heard(recognise(result()));
    after(1_000);
    expect(stalls).toEqual([]);
  });
});
