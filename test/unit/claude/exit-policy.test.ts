import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createExitPolicy, type ExitPolicy } from '../../../src/claude/exit-policy.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import { assistant, init, type Raw, result } from '../outcome/evidence.ts';

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

function exitPolicy(waitBackground: number, ...messages: readonly Raw[]): ExitPolicy {
  const leaving = createExitPolicy(waitBackground, { open: () => doors.push('open'), push: () => doors.push('push') });
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
});
