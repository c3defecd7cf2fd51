import type { Mask } from '../../secrets/mask.ts';
import { within } from '../../system/bounded-wait.ts';
import type { CallbackResult, Observer, Query, QueryEnd } from '../observer.ts';
import { Refusal } from '../refusal.ts';
import { callbackUrlOf, type CallbackRules } from './callback-url.ts';
import { endedMessage } from './ended-message.ts';
import { inTurns } from './in-turns.ts';
import { postMessage, type PostOptions, type Tried } from './post-message.ts';
import { signedHeaders } from './signed-headers.ts';

/** Tells programs that their queries have ended, where these said where to. */
export interface Callbacks {
  readonly observer: Observer;
  /** Tells of a query of an earlier server that did not come to it. */
  resume(query: Query, end: QueryEnd): void;
  /**
   * Waits for what is being tried, for some seconds, and leaves the rest. Settles when nothing goes out any more. To be
   * called when all queries have ended.
   */
  close(): Promise<void>;
}

export interface CallbackOptions {
  readonly rules: CallbackRules;
  readonly key: Uint8Array;
  /** Masks the secrets that the operator knows of. */
  readonly mask: Mask;
  /** Told once what came of telling a program. */
  readonly onResult: (query: Query, result: CallbackResult) => void;
  /** Milliseconds before each further try; default: five, within some seven minutes. */
  readonly pauses?: readonly number[];
  readonly timeoutMs?: number;
  readonly closeMs?: number;
  readonly resolve?: PostOptions['resolve'];
}

/** Milliseconds before each further try, but for a fifth more or less, so that not all come back at once. */
const PAUSES = [500, 3_000, 15_000, 60_000, 5 * 60_000];

/** Milliseconds for one try, and for those that are out when the server ends. */
const TIMEOUT_MS = 10_000;
const CLOSE_MS = 5_000;

/** How many may be out at once, and how many may wait. */
const MOST_OUT = 32;
const MOST_WAITING = 1_000;

export function openCallbacks(options: CallbackOptions): Callbacks {
  const { rules, key, mask, onResult, pauses = PAUSES, timeoutMs = TIMEOUT_MS, closeMs = CLOSE_MS } = options;
  /** Queries whose clients know of them. */
  const known = new Set<string>();
  const going = new Set<Promise<void>>();
  const closing = new AbortController();
  const over = new AbortController();
  const inTurn = inTurns(MOST_OUT);

  async function deliver(url: URL, query: Query, end: QueryEnd): Promise<CallbackResult> {
    const message = endedMessage(query, end, mask);
    const startedAt = performance.now();
    const tryOnce = (): Promise<Tried> =>
      postMessage({
        url,
        body: message.body,
        headers: signedHeaders(message, key),
        private: rules.private,
        timeoutMs,
        signal: over.signal,
        ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
      });
    let attempts = 0;
    for (const pause of [...pauses, null]) {
      const { isDelivered, isWorthRetrying, status, error } = await inTurn(tryOnce);
      attempts++;
      const isOver = isDelivered || !isWorthRetrying || pause === null;
      if (isOver || closing.signal.aborted) {
        const outcome = isDelivered ? 'delivered' : isOver ? 'failed' : 'left';
        return { host: url.host, outcome, attempts, status, error, durationMs: since(startedAt) };
      }
      await within(never, { ms: pause * (0.8 + Math.random() * 0.4), signal: closing.signal });
    }
    throw new Error('a callback has no end');
  }

  function send(query: Query, end: QueryEnd): void {
    const { callbackUrl } = query.request ?? {};
    if (callbackUrl === undefined) return;
    const url = urlAgain(callbackUrl, rules);
    if (!(url instanceof URL)) return onResult(query, untried(null, url));
    if (going.size >= MOST_WAITING) return onResult(query, untried(url.host, 'too many callbacks wait already'));
    const sent = deliver(url, query, end)
      .then((result) => onResult(query, result))
      .finally(() => going.delete(sent));
    going.add(sent);
  }

  return {
    observer: {
      queued: ({ runId }) => void known.add(runId),
      started: ({ runId }) => void known.add(runId),
      ended(query, end) {
        // Of a query that was not let in, its client was told. One that an earlier server died with, it was let in by.
        if (known.delete(query.runId) || end.ended === 'interrupted') send(query, end);
      },
    },
    resume: send,
    async close() {
      closing.abort();
      await within(Promise.all(going), { ms: closeMs });
      over.abort();
      await Promise.all(going);
    },
  };
}

/** Where to, or why that can't be told any more: an earlier server may have had other rules, and kept no secrets. */
function urlAgain(text: string, rules: CallbackRules): URL | string {
  if (text.includes(PLACEHOLDER)) return 'its URL held a secret, which is not kept';
  try {
    return callbackUrlOf(text, rules);
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/** How what stands for a secret begins. */
const PLACEHOLDER = '[REDACTED:';

function untried(host: string | null, error: string): CallbackResult {
  return { host, outcome: 'failed', attempts: 0, status: null, error, durationMs: 0 };
}

const never = new Promise<void>(() => {});

function since(then: number): number {
  return Math.round(performance.now() - then);
}
