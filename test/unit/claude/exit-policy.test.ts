import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createExitPolicy, exitLimits, type ExitPolicy } from '../../../src/claude/exit-policy.ts';
import type { BackgroundLimits } from '../../../src/request/kinds/background-limits.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import { assistant, init, type Raw, result, user } from '../outcome/evidence.ts';

const started: Raw = {
  type: 'system',
  subtype: 'task_started',
  task_id: 't',
  description: 'the build',
  session_id: 's',
};
const ended: Raw = {
  type: 'system',
  subtype: 'task_notification',
  task_id: 't',
  status: 'completed',
  summary: 'done',
  session_id: 's',
};
const changed = (tasks: readonly object[]): Raw => ({
  type: 'system',
  subtype: 'background_tasks_changed',
  tasks,
  session_id: 's',
});
const notified = result({ origin: { kind: 'task-notification' } });

let doors: string[] = [];

function exitPolicy(limits: number | BackgroundLimits, ...messages: readonly Raw[]): ExitPolicy {
  const each = typeof limits === 'number' ? { agent: limits, shell: limits } : limits;
  const leaving = createExitPolicy(each, { open: () => doors.push('open'), push: () => doors.push('push') });
  for (const message of messages) leaving.see(recognise(message));
  return leaving;
}

beforeEach(() => {
  doors = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the exit policy', () => {
  it('does not begin before the result', () => {
    expect(exitPolicy(0, init(), assistant('x')).begun).toBe(false);
    vi.advanceTimersByTime(100_000);
    expect(doors).toEqual([]);
  });

  it('lets claude go at its result, and pushes one that stays', () => {
    expect(exitPolicy(0, init(), result()).begun).toBe(true);
    expect(doors).toEqual(['open']);
    vi.advanceTimersByTime(10_000);
    expect(doors).toEqual(['open', 'push']);
  });

  it('says what still ran in the background', () => {
    expect(exitPolicy(0, started, result()).abandoned()).toEqual(['the build']);
    expect(exitPolicy(0, changed([{ task_id: 't', description: 'the tests' }]), result()).abandoned()).toEqual([
      'the tests',
    ]);
    expect(exitPolicy(0, started, changed([]), result()).abandoned()).toEqual([]);
  });

  it('tells tasks that were killed on leaving from those that ended, and from those that were killed before', () => {
    const updated = (status: string): Raw => ({ ...started, subtype: 'task_updated', patch: { status } });
    expect(exitPolicy(0, started, result(), updated('killed'), ended).abandoned()).toEqual(['the build']);
    expect(exitPolicy(0, started, result(), updated('completed'), ended).abandoned()).toEqual([]);
    expect(exitPolicy(0, started, updated('killed'), ended, result()).abandoned()).toEqual([]);
    expect(exitPolicy(0, started, updated('running')).abandoned()).toEqual([]);
  });

  it('waits for background tasks and for what claude makes of them, where it is to', () => {
    const leaving = exitPolicy(60_000, started, result());
    vi.advanceTimersByTime(30_000);
    leaving.see(recognise(ended));
    vi.advanceTimersByTime(4_000);
    leaving.see(recognise(init()));
    vi.advanceTimersByTime(20_000);
    expect(doors).toEqual([]);
    leaving.see(recognise(notified));
    expect(doors).toEqual(['open']);
    expect(leaving.abandoned()).toEqual([]);
  });

  it('does not wait for long when claude makes nothing of them', () => {
    const updated = { ...started, subtype: 'task_updated', patch: { status: 'completed' } };
    exitPolicy(60_000, started, result(), updated, ended);
    vi.advanceTimersByTime(5_000);
    expect(doors).toEqual(['open']);
  });

  it('waits for no longer than it may', () => {
    const leaving = exitPolicy(60_000, started, result());
    vi.advanceTimersByTime(59_000);
    leaving.see(recognise(assistant('still at it')));
    vi.advanceTimersByTime(1_000);
    expect(doors).toEqual(['open']);
    expect(leaving.abandoned()).toEqual(['the build']);
  });

  it('has no need to wait when nothing runs', () => {
    exitPolicy(60_000, started, ended, result());
    expect(doors).toEqual(['open']);
  });

  it('is cut short when the run is to end', () => {
    const leaving = exitPolicy(60_000, started, result());
    leaving.hasten();
    expect(doors).toEqual(['open']);
    const early = exitPolicy(60_000, started);
    early.hasten();
    expect(doors).toEqual(['open']);
    early.see(recognise(result()));
    expect(doors).toEqual(['open', 'open']);
  });

  it('decides nothing once the process is gone', () => {
    exitPolicy(0, result()).end();
    vi.advanceTimersByTime(100_000);
    expect(doors).toEqual(['open']);
  });

  it('waits for subagents alone unless it is asked for more', () => {
    const limits = exitLimits({});
    expect(limits).toEqual({ agent: 600_000, shell: 0 });
    expect(exitLimits({ waitBackground: { shell: 5_000 } })).toEqual({ agent: 600_000, shell: 5_000 });
    expect(exitLimits({ waitBackground: 0 })).toEqual({ agent: 0, shell: 0 });

    const server = { ...started, task_id: 'u', description: 'the server', task_type: 'local_bash' };
    const leaving = exitPolicy(limits, server, { ...started, task_type: 'local_agent' }, result());
    vi.advanceTimersByTime(599_000);
    expect(doors).toEqual([]);
    leaving.see(recognise(ended));
    leaving.see(recognise(notified));
    expect(doors).toEqual(['open']);
    expect(leaving.abandoned()).toEqual(['the server']);
    exitPolicy(limits, server, result());
    exitPolicy(limits, changed([{ task_id: 'm', description: 'x', task_type: 'monitor_ws' }]), result());
    expect(doors).toEqual(['open', 'open', 'open']);
  });

  it('leaves time to a turn that it waits for, whatever tools do in it', () => {
    const leaving = exitPolicy({ agent: 60_000, shell: 0 }, started, result(), ended, init());
    leaving.see(recognise(assistant([{ type: 'tool_use', id: 'x', name: 'Bash', input: {} }])));
    leaving.see(recognise(user([{ type: 'tool_result', tool_use_id: 'x', content: 'ok' }])));
    vi.advanceTimersByTime(50_000);
    expect(doors).toEqual([]);
    leaving.see(recognise(notified));
    expect(doors).toEqual(['open']);
  });
});
