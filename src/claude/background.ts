import type { BackgroundLimits } from '../request/kinds/background-limits.ts';
import { isUnknown, type Message } from '../messages/types.ts';

/** What claude does beside its answer. */
export interface BackgroundTask {
  /** What it is about, in claude's words. */
  readonly description: string;
  readonly kind: keyof BackgroundLimits;
}

/** Follows what claude tells of its background tasks. */
export interface BackgroundTasks {
  see(message: Message): void;
  /** Those that still run. */
  running(): readonly BackgroundTask[];
  /** Those that were killed, in that order. */
  killed(): readonly BackgroundTask[];
}

/** Starts with none running. 2.1.329 lists them all at each change; 2.1.197 tells of each when it starts and ends. */
export function followBackgroundTasks(): BackgroundTasks {
  const running = new Map<string, BackgroundTask>();
  const killed = new Map<string, BackgroundTask>();

  function end(id: string, status: string): void {
    const task = running.get(id);
    if (task === undefined) return;
    if (KILLED.has(status)) killed.set(id, task);
    if (!GOING_ON.has(status)) running.delete(id);
  }

  return {
    see(message) {
      if (isUnknown(message) || message.type !== 'system') return;
      switch (message.subtype) {
        case 'task_started':
          // Those in the foreground too: the turn does not end before they have.
          running.set(message.task_id, asTask(message));
          return;
        case 'task_updated':
          if (message.patch.status !== undefined) end(message.task_id, message.patch.status);
          return;
        case 'task_notification':
          end(message.task_id, message.status);
          return;
        case 'background_tasks_changed':
          running.clear();
          for (const task of message.tasks) running.set(task.task_id, asTask(task));
          return;
        default:
          return;
      }
    },
    running: () => [...running.values()],
    killed: () => [...killed.values()],
  };
}

/** What claude says of a task that somebody ended: of one and the same, in either message (2.1.197, 2.1.329). */
const KILLED: ReadonlySet<string> = new Set(['killed', 'stopped']);
const GOING_ON: ReadonlySet<string> = new Set(['pending', 'running', 'in_progress']);

function asTask({ description, task_type }: { description: string; task_type?: string | undefined }): BackgroundTask {
  return { description, kind: task_type !== undefined && SHELL.test(task_type) ? 'shell' : 'agent' };
}

/** Commands and monitors, by claude's own words (2.1.197, 2.1.332); all else works for the answer, or may. */
const SHELL = /^(?:local_bash|local_command|local_shell|monitor)/;
