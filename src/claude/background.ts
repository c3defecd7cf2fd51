import { isUnknown, type Message } from '../messages/types.ts';

/** Follows what claude tells of its background tasks; what they are about is in its words. */
export interface BackgroundTasks {
  see(message: Message): void;
  /** Those that still run. */
  running(): readonly string[];
  /** Those that were killed, in that order. */
  killed(): readonly string[];
}

/** Starts with none running. 2.1.329 lists them all at each change; 2.1.197 tells of each when it starts and ends. */
export function followBackgroundTasks(): BackgroundTasks {
  const running = new Map<string, string>();
  const killed = new Map<string, string>();

  function end(id: string, status: string): void {
    const description = running.get(id);
    if (description !== undefined && KILLED.has(status)) killed.set(id, description);
    if (description !== undefined && !GOING_ON.has(status)) running.delete(id);
  }

  return {
    see(message) {
      if (isUnknown(message) || message.type !== 'system') return;
      switch (message.subtype) {
        case 'task_started':
          // Those in the foreground too: the turn does not end before they have.
          running.set(message.task_id, message.description);
          return;
        case 'task_updated':
          if (message.patch.status !== undefined) end(message.task_id, message.patch.status);
          return;
        case 'task_notification':
          end(message.task_id, message.status);
          return;
        case 'background_tasks_changed':
          running.clear();
          for (const { task_id, description } of message.tasks) running.set(task_id, description);
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
