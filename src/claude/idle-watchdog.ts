import { isUnknown, type Message } from '../messages/types.ts';
import { RUNNING } from '../request/run-options/running.ts';
import { type IdleLimits, idleLimitsOf } from '../request/kinds/idle-limits.ts';
import type { RunRequest } from '../request/run-request.ts';
import { monotonicMs } from '../system/monotonic.ts';

export interface WatchdogLimits extends IdleLimits {
  /** From the prompt to claude's first message, in milliseconds. */
  readonly start: number;
}

/** How long a run may be silent, as it was asked for: what is left open is the default. */
export function watchdogLimits({
  startTimeout = RUNNING.startTimeout.default,
  idleTimeout = {},
}: Pick<RunRequest, 'startTimeout' | 'idleTimeout'>): WatchdogLimits {
  return { ...RUNNING.idleTimeout.default, ...idleLimitsOf(idleTimeout), start: startTimeout };
}

/** Where a run stands. */
export type WaitState = keyof WatchdogLimits;

/** Knows by what claude prints what is being waited for, and for how long nothing happened. */
export interface IdleWatchdog {
  /** The prompt was sent: from now on something has to come. */
  asked(): void;
  heard(message: Message): void;
  /** Nothing is waited for any more. */
  end(): void;
}

/** What claude waits for is not its own silence. */
export type IsHeld = () => boolean;

/** How often to look, in milliseconds; less for shorter limits. */
const TICK_MS = 1_000;
const TICKS_A_LIMIT = 8;

/**
 * Calls back once, when nothing happened for too long. Only time in which this process was running counts: one that was
 * stopped, or slept with its machine, was in no position to hear anything.
 */
export function createIdleWatchdog(
  limits: WatchdogLimits,
  onStall: (state: WaitState, limit: number) => void,
  isHeld: IsHeld = () => false,
): IdleWatchdog {
  const tick = Math.min(TICK_MS, ...Object.values(limits).map((limit) => Math.max(10, limit / TICKS_A_LIMIT)));
  const follow = followState();
  let idle = 0;
  let last = 0;
  let over = false;
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    const now = monotonicMs();
    idle = isHeld() ? 0 : idle + Math.min(now - last, 2 * tick);
    last = now;
    const state = follow.state();
    if (idle < limits[state]) return;
    end();
    onStall(state, limits[state]);
  }

  function end(): void {
    over = true;
    clearInterval(timer);
  }

  return {
    asked() {
      last = monotonicMs();
      idle = 0;
      if (!over) timer ??= setInterval(look, tick);
    },
    heard(message) {
      const before = follow.state();
      if (follow.see(message) || follow.state() !== before) idle = 0;
    },
    end,
  };
}

interface StateFollower {
  state(): WaitState;
  /** Whether the message is a sign of progress. */
  see(message: Message): boolean;
}

function followState(): StateFollower {
  const tools = new Set<string>();
  let started = false;
  let flowing = false;

  return {
    state() {
      if (!started) return 'start';
      if (tools.size > 0) return 'tool';
      return flowing ? 'text' : 'api';
    },
    see(message) {
      if (message.type === 'sluice') return false;
      started = true;
      if (isUnknown(message)) return message.type !== 'keep_alive';
      switch (message.type) {
        case 'assistant':
          for (const { type, id } of message.message.content)
            if (type === 'tool_use' && id !== undefined) tools.add(id);
          return true;
        case 'user':
          if (typeof message.message.content === 'string') return true;
          for (const { type, tool_use_id: id } of message.message.content) {
            if (type === 'tool_result' && id !== undefined) tools.delete(id);
          }
          return true;
        case 'stream_event':
          flowing = message.event.type !== 'message_stop';
          return true;
        case 'result':
          tools.clear();
          flowing = false;
          return true;
        case 'system':
          // One after the other they can go on for as long as there are retries.
          return message.subtype !== 'api_retry';
        default:
          return true;
      }
    },
  };
}
