import type { Wording } from '../errors.ts';
import { isUnknown, type Message } from '../messages/types.ts';
import type { ControlRequest } from './control-protocol.ts';

/** Something that claude is asked before it gets the prompt. It answers by itself: no model is called. */
export interface Question {
  readonly request: ControlRequest;
  /** Why the prompt had better stay here, by the answer, or null. */
  objection(answer: unknown): Wording | null;
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

/**
 * Puts the questions.
 * @param ask says one, and returns the id that its answer will bear
 * @param object is told the first reason not to go on
 */
export function shakeHands(
  questions: readonly Question[],
  ask: (request: ControlRequest) => string,
  object: (reason: Wording) => void,
): Handshake {
  const open = new Map(questions.map((question) => [ask(question.request), question]));
  let next: (() => void) | null = null;
  let timer: NodeJS.Timeout | undefined;

  function end(): void {
    next = null;
    clearTimeout(timer);
  }

  function settle(): void {
    const action = next;
    end();
    action?.();
  }

  return {
    whenSettled(action) {
      next = action;
      if (open.size === 0) settle();
      else timer = setTimeout(settle, ANSWER_GRACE_MS);
    },
    see(message) {
      if (isUnknown(message) || message.type !== 'control_response') return;
      const { request_id, subtype, response } = message.response;
      const question = open.get(request_id);
      if (question === undefined) return;
      open.delete(request_id);
      const objection = subtype === 'success' ? question.objection(response) : null;
      if (objection !== null) {
        end();
        object(objection);
      } else if (open.size === 0) settle();
    },
    end,
  };
}
