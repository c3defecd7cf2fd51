import { describe, expect, it } from 'vitest';
import { followStatus } from '../../../../src/sinks/pretty/status.ts';
import { calls, eventsOf, init, partial, type Raw, returns, streams, system } from './events.ts';

function follow() {
  let clock = 0;
  const status = followStatus(() => clock);
  return {
    after(seconds: number, ...messages: readonly Raw[]): string {
      for (const { message } of eventsOf(messages)) status.see(message);
      clock += seconds * 1000;
      return status.describe();
    },
  };
}

describe('status', () => {
  it('follows a run', () => {
    const { after } = follow();
    expect(after(0)).toBe('starting claude');
    expect(after(2)).toBe('starting claude · 2 s');
    expect(after(12, init())).toBe('waiting for the API · 12 s');
    expect(after(1, ...streams(['a'], 'm', 'thinking'))).toBe('thinking · 1 s');
    expect(after(1, ...streams(['a']))).toBe('writing · 1 s');
    expect(after(3, partial({ type: 'content_block_delta', delta: { type: 'text_delta', text: 'b' } }))).toBe(
      'writing · 4 s',
    );
    expect(after(0, partial({ type: 'content_block_start', content_block: { type: 'tool_use', name: 'Bash' } }))).toBe(
      'preparing Bash',
    );
    expect(after(3, calls('a', 'Bash', {}))).toBe('running Bash · 3 s');
    expect(after(1, calls('b', 'Grep', {}))).toBe('running Grep and 1 more · 1 s');
    expect(after(0, returns('b', 'x'))).toBe('running Bash · 4 s');
    expect(after(75, returns('a', 'x'))).toBe('waiting for the API · 1 m 15 s');
  });

  it('says what is done before claude is started, and counts anew then', () => {
    let clock = 0;
    let before: string | null = 'reading stdin, 12 kB';
    const status = followStatus(
      () => clock,
      () => before,
    );
    expect(status.describe()).toBe('reading stdin, 12 kB');
    clock = 60_000;
    expect(status.describe()).toBe('reading stdin, 12 kB');
    before = null;
    clock += 2_000;
    expect(status.describe()).toBe('starting claude · 2 s');
  });

  it('counts a retry down, then waits again', () => {
    const { after } = follow();
    const retry = system('api_retry', {
      attempt: 1,
      max_retries: 10,
      retry_delay_ms: 8000,
      error_status: 529,
      error: 'overloaded',
    });
    expect(after(0, init(), retry)).toBe('retrying in 8 s');
    expect(after(5)).toBe('retrying in 3 s');
    expect(after(5)).toBe('waiting for the API · 2 s');
  });

  it('counts down to another start of the run', () => {
    let clock = 0;
    const status = followStatus(() => clock);
    const retry = {
      by: 'sluice',
      attempt: 1,
      maxRetries: 10,
      delayMs: 8000,
      status: 529,
      error: 'overloaded',
    } as const;
    status.see({ type: 'sluice', subtype: 'notice', code: 'retry', text: 'again', retry });
    expect(status.describe()).toBe('starting again in 8 s');
    clock = 10_000;
    expect(status.describe()).toBe('waiting for the API · 2 s');
  });

  it('tells of hooks, compaction and background tasks', () => {
    const { after } = follow();
    expect(after(0, system('hook_started', { hook_id: 'h', hook_name: 'SessionStart', hook_event: 'e' }))).toBe(
      'running hook SessionStart',
    );
    expect(after(0, system('status', { status: 'compacting' }))).toBe('compacting the conversation');
    const task = system('task_started', { task_id: 'b', description: 'dev server' });
    const result = { type: 'result', subtype: 'success', is_error: false };
    expect(after(3, init(), task, result)).toBe('background task: dev server · 3 s');
    expect(after(0, system('task_notification', { task_id: 'b', status: 'completed', summary: 's' }))).toBe(
      'finishing · 3 s',
    );
  });
});
