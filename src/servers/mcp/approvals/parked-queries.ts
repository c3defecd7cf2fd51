import { randomUUID } from 'node:crypto';
import { requestKey } from '../../../request/request-key.ts';
import type { Decision, ToolCall } from '../../../run.ts';
import type { Caller } from '../../caller.ts';
import type { Answer, Follower, Queries } from '../../queries.ts';
import { Refusal } from '../../refusal.ts';
import { clientOf, unshowable } from './approval-form.ts';

/**
 * Queries whose call was ended to ask for an approval, as servers have to ask since MCP 2026-07-28. The run goes on meanwhile, and the
 * call that brings the answer is given what comes of it.
 */
export interface ParkedQueries {
  /** Carries out a query up to the first approval that it needs. @throws Refusal as {@link Queries.ask} */
  ask(request: unknown, caller: Caller, follower: Follower, signal: AbortSignal): Promise<Step>;
  /**
   * Goes on with a query that the same caller asks for once more, up to the next approval that it needs.
   * @param decide says what came of one; undefined where that is still open
   * @throws Refusal `not_found` where none of that state waits for this caller, `conflict` while another call goes on with it
   */
  goOn(
    state: string,
    decide: (approvalId: string) => Decision | undefined,
    ...call: Parameters<ParkedQueries['ask']>
  ): Promise<Step>;
}

/** How far a query has come. */
export type Step =
  | { readonly kind: 'answered'; readonly answer: Answer }
  /** With the open approvals, and the state that the next call has to bring along. */
  | { readonly kind: 'asked'; readonly state: string; readonly approvals: ReadonlyMap<string, ToolCall> };

interface Waiting {
  readonly call: ToolCall;
  readonly settle: (decision: Decision) => void;
}

interface Parked {
  readonly state: string;
  readonly subject: string;
  /** That of the request. */
  readonly digest: string;
  readonly approvals: Map<string, Waiting>;
  readonly stop: AbortController;
  readonly answer: Promise<Answer>;
  /** The call that is told how it goes; null while there is none. */
  attendant: Follower | null;
  onApproval: () => void;
}

export function parkedQueries({ ask }: Pick<Queries, 'ask'>): ParkedQueries {
  const all = new Map<string, Parked>();

  function begin(request: unknown, caller: Caller): Parked {
    const stop = new AbortController();
    const parked: Parked = {
      state: randomUUID(),
      subject: caller.subject,
      digest: requestKey(Object(request)),
      approvals: new Map(),
      stop,
      // A moment later, since it may call its follower at once, which needs `parked`.
      answer: Promise.resolve().then(() => ask(request, caller, followerOf(parked, caller, forget), stop.signal)),
      attendant: null,
      onApproval() {},
    };
    all.set(parked.state, parked);
    // Whoever waits for it is told.
    parked.answer.catch(() => {});
    return parked;
  }

  /** Its caller did not come back in time. */
  function forget(parked: Parked): void {
    all.delete(parked.state);
    parked.stop.abort('disconnected');
  }

  async function attend(parked: Parked, follower: Follower, signal: AbortSignal): Promise<Step> {
    const { state, approvals, stop, answer } = parked;
    const onAbort = (): void => stop.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    parked.attendant = follower;
    const asked = new Promise<null>((resolve) => {
      parked.onApproval = () => resolve(null);
      if (approvals.size > 0) resolve(null);
    });
    let isOver = true;
    try {
      const come = await Promise.race([answer, asked]);
      isOver = come !== null || signal.aborted;
      if (come !== null) return { kind: 'answered', answer: come };
      if (signal.aborted) return { kind: 'answered', answer: await answer };
      return { kind: 'asked', state, approvals: new Map([...approvals].map(([id, { call }]) => [id, call])) };
    } finally {
      if (isOver) all.delete(state);
      parked.attendant = null;
      signal.removeEventListener('abort', onAbort);
    }
  }

  return {
    ask: (request, caller, follower, signal) => attend(begin(request, caller), follower, signal),
    async goOn(state, decide, request, caller, follower, signal) {
      const parked = all.get(state);
      const isSame = parked?.subject === caller.subject && parked.digest === requestKey(Object(request));
      if (parked === undefined || !isSame) {
        throw new Refusal('not_found', 'requestState: no query waits for this answer, or none any more; ask anew');
      }
      if (parked.attendant !== null) {
        throw new Refusal('conflict', 'requestState: another call goes on with this query already');
      }
      for (const [id, { settle }] of parked.approvals) {
        const decision = decide(id);
        if (decision !== undefined) settle(decision);
      }
      return attend(parked, follower, signal);
    },
  };
}

/** Passes all on to the call that attends, and keeps what waits for approval. @param forget called where nobody came back to answer */
function followerOf(parked: Parked, caller: Caller, forget: (parked: Parked) => void): Follower {
  return {
    queued: (ahead) => parked.attendant?.queued?.(ahead),
    started: (runId) => parked.attendant?.started?.(runId),
    sink: {
      write: (event) => parked.attendant?.sink?.write(event),
      close: (ending) => parked.attendant?.sink?.close(ending),
    },
    approve: (call, signal) =>
      unshowable(call, clientOf(caller)) ??
      new Promise((resolve) => {
        const { approvals } = parked;
        const id = randomUUID();
        const settle = (decision: Decision): void => {
          approvals.delete(id);
          signal.removeEventListener('abort', tooLate);
          resolve(decision);
        };
        const tooLate = (): void => {
          settle({ behavior: 'deny', message: 'nobody answered in time' });
          if (parked.attendant === null && approvals.size === 0) forget(parked);
        };
        if (signal.aborted) return tooLate();
        signal.addEventListener('abort', tooLate, { once: true });
        approvals.set(id, { call, settle });
        return parked.onApproval();
      }),
  };
}
