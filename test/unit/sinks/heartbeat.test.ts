import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHeartbeatSink } from '../../../src/sinks/heartbeat.ts';
import { memory, success } from './endings.ts';
import { calls, eventsOf, init, type Raw, returns, says, system } from './pretty/events.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start(printsAtTheEnd = false) {
  const out = memory();
  const sink = createHeartbeatSink(out, { printsAtTheEnd, now: () => Date.now() });
  return {
    out,
    sink,
    async after(seconds: number, ...messages: readonly Raw[]): Promise<readonly string[]> {
      for (const event of eventsOf(messages)) await sink.write(event);
      out.writes.length = 0;
      await vi.advanceTimersByTimeAsync(seconds * 1000);
      return [...out.writes];
    },
  };
}

describe('the heartbeat', () => {
  it('says each minute of silence what is waited for', async () => {
    const { after } = start();
    expect(await after(130)).toEqual([]);
    expect(await after(59, init())).toEqual([]);
    expect(await after(62, says('Let me see.'))).toEqual(['sluice: still waiting for the API · 1 min\n']);
    expect(await after(120)).toEqual([
      'sluice: still waiting for the API · 2 min\n',
      'sluice: still waiting for the API · 3 min\n',
    ]);
    expect(await after(61, calls('a', 'Bash', { command: 'sleep' }))).toEqual(['sluice: still running Bash · 1 min\n']);
    expect(await after(61, calls('b', 'Agent', { description: 'count' }))).toEqual([
      'sluice: still running subagent: count and 1 more · 1 min\n',
    ]);
    const result = { type: 'result', subtype: 'success', is_error: false };
    const task = system('task_started', { task_id: 't', description: 'dev\nserver\u001B[2J' });
    expect(await after(3661, task, returns('a', 'x'), returns('b', 'y'), result)).toHaveLength(61);
    expect(await after(60)).toEqual(['sluice: still waiting for background task: dev server␛[2J · 1 h 02 min\n']);
  });

  it('counts down to a retry', async () => {
    const { after } = start();
    const retry = { attempt: 3, max_retries: 10, retry_delay_ms: 100_000, error_status: 529, error: 'overloaded' };
    expect(await after(61, system('api_retry', retry))).toEqual(['sluice: still retrying · next in 40 s\n']);
  });

  it('is heard where messages are not, however many come', async () => {
    const { after } = start(true);
    const lines: string[] = [];
    for (let turn = 0; turn < 14; turn++) {
      lines.push(...(await after(5, calls('a', 'Bash', { command: 'ls' }))), ...(await after(4, returns('a', 'x'))));
    }
    expect(lines).toEqual(['sluice: still waiting for the API · 1 s\n', 'sluice: still running Bash · 3 s\n']);
  });

  it('ends with the run, and a line that cannot be written harms nobody', async () => {
    const { after, sink, out } = start();
    out.write = () => {
      throw new Error('EPIPE');
    };
    await after(70, init());
    await sink.close(success());
    expect(vi.getTimerCount()).toBe(0);
  });
});
