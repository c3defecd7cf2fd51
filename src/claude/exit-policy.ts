import { isUnknown, type Message } from '../messages/types.ts';
import { followBackgroundTasks } from './background.ts';
import { EXIT_GRACE_MS, NOTIFICATION_GRACE_MS } from '../limits.ts';

/** Decides when claude may go, once it has given its result. */
export interface ExitPolicy {
  see(message: Message): void;
  /** Whether the result was there. */
  readonly begun: boolean;
  /** Background tasks are waited for no more. */
  hasten(): void;
  /** Background tasks that did not end by themselves once claude was let go, in its words. */
  abandoned(): readonly string[];
  /** The process is gone: nothing is decided any more. */
  end(): void;
}

/** How claude is let go. */
export interface Doors {
  /** Lets it exit. */
  open(): void;
  /** It did not go. */
  push(): void;
}

/**
 * Lets claude go at its first result; where background tasks are waited for, when the last of them has ended and claude
 * has said what it has to say to that.
 * @param waitBackground how long all that may take, in milliseconds
 */
export function createExitPolicy(waitBackground: number, { open, push }: Doors): ExitPolicy {
  const tasks = followBackgroundTasks();
  let allowed = waitBackground;
  let deadline: number | null = null;
  let ended = false;
  let killedBefore = 0;
  let timer: NodeJS.Timeout | undefined;

  function wait(ms: number, action: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(action, ms);
  }

  function letGo(): void {
    if (ended) return;
    ended = true;
    killedBefore = tasks.killed().length;
    open();
    wait(EXIT_GRACE_MS, push);
  }

  return {
    see(message) {
      const before = tasks.running().length;
      tasks.see(message);
      const running = tasks.running().length;
      if (message.type === 'result') {
        deadline ??= performance.now() + allowed;
        if (running === 0) letGo();
      }
      if (deadline === null || ended) return;
      const left = Math.max(0, deadline - performance.now());
      if (allowed === 0) letGo();
      else if (running > 0 || beginsTurn(message)) wait(left, letGo);
      else if (before > 0) wait(Math.min(NOTIFICATION_GRACE_MS, left), letGo);
    },
    get begun() {
      return deadline !== null;
    },
    hasten() {
      allowed = 0;
      if (deadline !== null) letGo();
    },
    abandoned: () => (deadline === null ? [] : [...tasks.killed().slice(killedBefore), ...tasks.running()]),
    end() {
      ended = true;
      clearTimeout(timer);
    },
  };
}

function beginsTurn(message: Message): boolean {
  if (isUnknown(message)) return false;
  if (message.type === 'system') return message.subtype === 'init' || message.subtype === 'status';
  return message.type === 'assistant' || message.type === 'stream_event';
}
