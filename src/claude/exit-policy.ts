import { isUnknown, type Message } from '../messages/types.ts';
import { RUNNING } from '../request/run-options/running.ts';
import { type BackgroundLimits, backgroundLimitsOf } from '../request/kinds/background-limits.ts';
import type { RunRequest } from '../request/run-request.ts';
import { followBackgroundTasks } from './background.ts';
import { EXIT_GRACE_MS, HELD_EXIT_GRACE_MS, NOTIFICATION_GRACE_MS } from './graces.ts';
import { monotonicMs } from '../system/monotonic.ts';

/** Decides when claude may go, once it has given its result. */
export interface ExitPolicy {
  see(message: Message): void;
  /** Whether the result was there. */
  readonly begun: boolean;
  /** Whether claude was let go, or is gone. */
  readonly isOver: boolean;
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

/** How long background tasks may go on, as it was asked for: what is left open is the default. */
export function exitLimits({ waitBackground = {} }: Pick<RunRequest, 'waitBackground'>): BackgroundLimits {
  return { ...RUNNING.waitBackground.default, ...backgroundLimitsOf(waitBackground) };
}

/**
 * Lets claude go at its first result; where background tasks are waited for, when the last of them has ended and claude
 * has said what it has to say to that.
 * @param limits how long all that may take for tasks of each kind, in milliseconds
 */
export function createExitPolicy(limits: BackgroundLimits, { open, push }: Doors): ExitPolicy {
  const tasks = followBackgroundTasks();
  let allowed = limits;
  let begunAt: number | null = null;
  let waiting = false;
  let waited = false;
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
    // Claude would wait for them, for ever if need be (2.1.197, 2.1.332).
    const isHeld = tasks.running().some(({ kind }) => kind === 'agent');
    wait(isHeld ? HELD_EXIT_GRACE_MS : EXIT_GRACE_MS, push);
  }

  /** Milliseconds that are left for what runs; 0 where nothing that may go on does. */
  function leftFor(since: number): number {
    const longest = Math.max(0, ...tasks.running().map(({ kind }) => allowed[kind]));
    return Math.max(0, since + longest - monotonicMs());
  }

  return {
    see(message) {
      tasks.see(message);
      if (message.type === 'result') begunAt ??= monotonicMs();
      if (begunAt === null || ended) return;
      const left = leftFor(begunAt);
      if (left > 0) {
        waiting = waited = true;
        return wait(left, letGo);
      }
      if (!waited || message.type === 'result') return letGo();
      // What was waited for has ended: claude may have something to say to that, and then gives another result.
      const rest = Math.max(0, begunAt + Math.max(allowed.agent, allowed.shell) - monotonicMs());
      if (beginsTurn(message)) wait(rest, letGo);
      else if (waiting) wait(Math.min(NOTIFICATION_GRACE_MS, rest), letGo);
      waiting = false;
    },
    get begun() {
      return begunAt !== null;
    },
    get isOver() {
      return ended;
    },
    hasten() {
      allowed = { agent: 0, shell: 0 };
      if (begunAt !== null) letGo();
    },
    abandoned: () =>
      begunAt === null
        ? []
        : [...tasks.killed().slice(killedBefore), ...tasks.running()].map(({ description }) => description),
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
