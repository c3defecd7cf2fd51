import type { Wording } from '../errors.ts';
import { isUnknown, type Message } from '../messages/types.ts';
import type { StopReason } from '../outcome/evidence.ts';
import type { ControlRequest } from './control-protocol.ts';
import { monotonicMs } from '../system/monotonic.ts';

/** Something that claude is asked before it gets the prompt. It answers by itself: no model is called. */
export interface HandshakeCheck {
  readonly request: ControlRequest;
  /** Whether the answer is not final, so that it is asked again, for half a minute; absent: one answer is. */
  isOpen?(answer: unknown): boolean;
  /** Why the prompt had better stay here, by the answer, or null. */
  objection(answer: unknown): Objection | null;
}

/** Why a run had better end before it costs anything. */
export interface Objection {
  readonly reason: Extract<StopReason, 'unmet' | 'server_missing'>;
  readonly detail: Wording;
}

/** What is settled with claude before the prompt goes out. */
export interface Handshake {
  /** Calls back once all is answered, or claude has kept silent for a while; at once where there is nothing to ask. */
  whenSettled(action: () => void): void;
  see(message: Message): void;
  /** Nothing is waited for any more. */
  end(): void;
}

/**
 * How long the prompt may wait for answers, in milliseconds: claude gives them as soon as it has started, whatever its MCP
 * servers do (1.0.128 to 2.1.332). One that never does is found out by its first message.
 */
const ANSWER_GRACE_MS = 15_000;

/** How long an answer may stay open, in milliseconds: as long as claude itself waits for an MCP server. */
const OPEN_GRACE_MS = 30_000;

/** How soon what is open is asked again, in milliseconds: claude does not tell of changes by itself (2.1.197, 2.1.332). */
const ASK_AGAIN_MS = 100;

/**
 * Makes the checks.
 * @param ask puts what one asks to claude, and returns the id that its answer will bear
 * @param object is told the first reason not to go on
 */
export function shakeHands(
  checks: readonly HandshakeCheck[],
  ask: (request: ControlRequest) => string,
  object: (objection: Objection) => void,
): Handshake {
  const open = new Map<string, HandshakeCheck>();
  const since = monotonicMs();
  let unsettled = checks.length;
  let next: (() => void) | null = null;
  const timers = new Set<NodeJS.Timeout>();

  function put(check: HandshakeCheck): void {
    open.set(ask(check.request), check);
  }

  function later(ms: number, action: () => void): void {
    timers.add(setTimeout(action, ms));
  }

  function end(): void {
    next = null;
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  }

  function settle(): void {
    const action = next;
    end();
    action?.();
  }

  /** Whether it has been asked often enough by what it says. */
  function isFinal(check: HandshakeCheck, response: unknown): boolean {
    return check.isOpen?.(response) !== true || monotonicMs() - since > OPEN_GRACE_MS;
  }

  for (const check of checks) put(check);

  return {
    whenSettled(action) {
      next = action;
      if (unsettled === 0) settle();
      else later(checks.some(({ isOpen }) => isOpen !== undefined) ? 2 * OPEN_GRACE_MS : ANSWER_GRACE_MS, settle);
    },
    see(message) {
      if (isUnknown(message) || message.type !== 'control_response') return;
      const { request_id, subtype, response } = message.response;
      const check = open.get(request_id);
      if (check === undefined) return;
      open.delete(request_id);
      if (subtype === 'success' && !isFinal(check, response)) return later(ASK_AGAIN_MS, () => put(check));
      unsettled--;
      const objection = subtype === 'success' ? check.objection(response) : null;
      if (objection !== null) {
        end();
        object(objection);
      } else if (unsettled === 0) settle();
    },
    end,
  };
}
