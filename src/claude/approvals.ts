import type { MessageOf } from '../messages/types.ts';
import { within } from '../system/bounded-wait.ts';
import { monotonicMs } from '../system/monotonic.ts';

/** A call of a tool that claude asks about. */
export interface Call {
  /** Names the call within its run: the id of the call (`tool_use_id`), or else of the request. */
  readonly id: string;
  readonly tool: string;
  /** What the tool is to be given, all of it. */
  readonly input: Readonly<Record<string, unknown>>;
  /** `sha256:` and the digest of tool and input: an answer is about this call and about no other. */
  readonly digest: string;
  /** Why claude asks, in its words or a hook's; null where it does not say. */
  readonly reason: string | null;
}

/** What somebody said of a call. */
export type Decision =
  | { readonly behavior: 'allow'; readonly by?: string }
  | {
      readonly behavior: 'deny';
      /** What claude is told; default: that it was denied. */
      readonly message?: string;
      readonly by?: string;
    };

/**
 * Decides about a call. What throws, rejects or gives anything else is a no, as is an answer that comes too late.
 * @param signal aborted once the answer is not waited for any more
 */
export type Approver = (call: Call, signal: AbortSignal) => Promise<Decision> | Decision;

/** A call that somebody was asked about, and what came of it. */
export interface Approval extends Pick<Call, 'id' | 'tool' | 'digest'> {
  readonly decision: 'allowed' | 'denied';
  /** What made it so: somebody's answer, none in time, the end of the run, or an approver that failed. */
  readonly because: 'answered' | 'timeout' | 'withdrawn' | 'failed';
  /** Who answered, where that is known. */
  readonly by: string | null;
  readonly waitedMs: number;
}

/** The calls of one run that claude asks about. */
export interface Approvals {
  /** Has somebody decide, and answers claude in the end. */
  ask(request: MessageOf<'control_request'>): void;
  /** Claude asks about one no more. */
  withdraw(requestId: string): void;
  /** How many are open. */
  open(): number;
  /** Denies those: nothing is waited for any more. */
  end(): void;
  /** What came of those that are settled, in that order. */
  settled(): readonly Approval[];
}

/** What is said in claude's ear, of one request. */
export type Reply = (requestId: string, response: Readonly<Record<string, unknown>>) => void;

/**
 * Has somebody decide about calls of tools.
 * @param timeoutMs how long an answer is waited for; then it is no
 */
export function createApprovals(approve: Approver, timeoutMs: number, reply: Reply): Approvals {
  const waiting = new Map<string, AbortController>();
  const settled: Approval[] = [];

  async function decide(requestId: string, call: Call, stop: AbortController): Promise<void> {
    const begun = monotonicMs();
    const conclude = (decision: Decision, because: Approval['because']): void => {
      const { id, tool, digest } = call;
      const waitedMs = Math.round(monotonicMs() - begun);
      const verdict = decision.behavior === 'allow' ? 'allowed' : 'denied';
      settled.push({ id, tool, digest, decision: verdict, because, by: decision.by ?? null, waitedMs });
      reply(
        requestId,
        decision.behavior === 'allow'
          ? { behavior: 'allow', updatedInput: call.input }
          : { behavior: 'deny', message: decision.message ?? 'the call was denied' },
      );
    };
    try {
      const asked = Promise.resolve().then(() => approve(call, stop.signal));
      const waited = await within(asked, { ms: timeoutMs, signal: stop.signal });
      if (waited.done) conclude(checked(waited.value), 'answered');
      else if (waited.by === 'time') conclude(no('nobody answered in time'), 'timeout');
      else conclude(no('the question was taken back'), 'withdrawn');
    } catch {
      conclude(no('nobody could be asked'), 'failed');
    } finally {
      waiting.delete(requestId);
      stop.abort();
    }
  }

  /** Of a call that has no digest, as one nested too deeply, nobody could say that it is the one that they allow. */
  async function answer(request: MessageOf<'control_request'>, stop: AbortController): Promise<void> {
    const { request_id: requestId } = request;
    const call = await callOf(request).catch(() => null);
    if (call !== null) return decide(requestId, call, stop);
    waiting.delete(requestId);
    reply(requestId, no('it cannot be put to anybody'));
  }

  return {
    ask(request) {
      const stop = new AbortController();
      waiting.set(request.request_id, stop);
      void answer(request, stop);
    },
    withdraw: (requestId) => waiting.get(requestId)?.abort(),
    open: () => waiting.size,
    end() {
      for (const stop of waiting.values()) stop.abort();
    },
    settled: () => settled,
  };
}

async function callOf({ request_id, request }: MessageOf<'control_request'>): Promise<Call> {
  const { tool_name: tool = '', tool_use_id: id = request_id, input = {}, decision_reason: reason } = request;
  return { id, tool, input, digest: await digestOf(tool, input), reason: reason ?? null };
}

/** Loaded when there is a call to ask about: it takes 4 ms. */
async function digestOf(tool: string, input: unknown): Promise<string> {
  const { createHash } = await import('node:crypto');
  return `sha256:${createHash('sha256')
    .update(JSON.stringify([tool, input]))
    .digest('hex')}`;
}

function checked(decision: unknown): Decision {
  const { behavior, message, by }: { behavior?: unknown; message?: unknown; by?: unknown } = Object(decision);
  const who = typeof by === 'string' ? { by } : {};
  if (behavior === 'allow') return { behavior, ...who };
  return { behavior: 'deny', ...(typeof message === 'string' ? { message } : {}), ...who };
}

function no(message: string): { readonly behavior: 'deny'; readonly message: string } {
  return { behavior: 'deny', message };
}
