import type { MessageOf } from '../../messages/types.ts';
import type { Notice } from './notice.ts';

type TaskMessage = MessageOf<'system', 'task_started'> | MessageOf<'system', 'task_notification'>;

/** Tells when background tasks begin and end, each once. */
export interface BackgroundTasks {
  /** `background`: whether the call that started the task asked for that. */
  see(message: TaskMessage, background: boolean): Notice | null;
}

/** A subagent that claude waits for is a task too on the wire; its call and its result tell enough of it. */
export function followBackgroundTasks(): BackgroundTasks {
  const running = new Map<string, string>();
  return {
    see(message, background) {
      if (message.subtype === 'task_started') {
        if (!(message.is_backgrounded ?? (background || message.task_type !== FOREGROUND_TASK))) return null;
        running.set(message.task_id, message.description);
        return { tone: 'note', text: `background task started: ${message.description}` };
      }
      const description = running.get(message.task_id);
      if (!running.delete(message.task_id)) return null;
      const summary = message.summary === description ? '' : `: ${message.summary}`;
      const tone = message.status === 'completed' ? 'good' : message.status === 'failed' ? 'bad' : 'warning';
      return { tone, text: `background task ${description} ${message.status}${summary}` };
    },
  };
}

/** Where claude does not say so: subagents run in the foreground unless asked, every other kind of task in the background. */
const FOREGROUND_TASK = 'local_agent';
