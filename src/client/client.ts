import type { Bundle } from '../outcome/bundle.ts';
import { errorOf, foreign, GatewayError } from './gateway-error.ts';
import type { Item, MessagePage, PendingApproval, Query, RunList, RunState, SessionList, View } from './types.ts';
import type { RunEvent } from '../messages/types.ts';
import { type Bytes, readRecords } from './records.ts';

export type { Bundle } from '../outcome/bundle.ts';
export { GatewayError } from './gateway-error.ts';
export type { RunEvent } from '../messages/types.ts';
export type * from './types.ts';

export interface ClientOptions {
  /** Where the gateway is: `http://127.0.0.1:8000`. */
  readonly url: string | URL;
  /** The bearer token, or what gets one: it is asked before each request. */
  readonly token?: string | (() => string | Promise<string>);
  /** Default: the global one. Of what it gives, only what stands in {@link Reply} is needed. */
  readonly fetch?: (url: string, request: RequestInit) => Promise<Reply>;
  /** How often a stream that breaks is taken up again without anything new, in a row; default: 10. */
  readonly retries?: number;
}

/** What is read of a response. */
export type Reply = Pick<Response, 'ok' | 'status' | 'json'> & {
  readonly headers: Pick<Headers, 'get'>;
  readonly body: Bytes | null;
};

export interface SubmitOptions {
  /** What this very request is called, so that it is carried out once; default: a random name. */
  readonly key?: string;
  readonly signal?: AbortSignal;
}

export interface EventsOptions {
  /** The id of the first event wanted; default: 1. */
  readonly from?: number;
  readonly signal?: AbortSignal;
}

export interface ListOptions {
  readonly state?: RunState;
  readonly sessionId?: string;
  /** As in `team:search`. */
  readonly label?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: number;
  readonly cursor?: string;
  readonly signal?: AbortSignal;
}

/** A run on a gateway. */
export interface RemoteRun {
  readonly runId: string;
  /**
   * Its events from the first one wanted, each once and in order, and then what comes; the ending is the last. A stream that
   * breaks is taken up again.
   * @throws GatewayError when the gateway refuses; what `fetch` throws, once it was tried often enough
   */
  events(options?: EventsOptions): AsyncGenerator<Item, void, undefined>;
  /** What it came to; waits for its end. @throws GatewayError where it was never started */
  result(options?: { readonly signal?: AbortSignal }): Promise<Bundle>;
  /** Its messages from a sequence on, once it has ended: 50 unless `limit` says otherwise. @throws GatewayError */
  messages(options?: { readonly from?: number; readonly limit?: number }): Promise<MessagePage>;
  /** Where it is now. */
  view(): Promise<View>;
  /** Decides about a call of its that waits. @throws GatewayError when it waits for that answer no more */
  approve(approval: Pick<PendingApproval, 'approvalId' | 'digest'>, decision: 'allow' | 'deny'): Promise<void>;
  /** Cancels it, and settles once nothing of it is left running. */
  cancel(): Promise<View>;
}

export interface Client {
  /**
   * Submits a run that goes on by itself.
   * @throws GatewayError when no run is made
   */
  submit(query: Query, options?: SubmitOptions): Promise<RemoteRun>;
  /** A run by its id, without asking whether there is one. */
  run(runId: string): RemoteRun;
  list(options?: ListOptions): Promise<RunList>;
  sessions(options?: Pick<ListOptions, 'limit' | 'cursor' | 'signal'>): Promise<SessionList>;
}

/** Milliseconds before a stream is taken up again, at first and at most. */
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;

/** A client of a gateway, for browsers and Node. */
export function createClient(options: ClientOptions): Client {
  const { url, token, retries = 10 } = options;
  const base = String(url).replace(/\/*$/, '');

  async function ask(
    path: string,
    { headers, ...init }: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Reply> {
    const { fetch = globalThis.fetch } = options;
    const bearer = typeof token === 'function' ? await token() : token;
    const response = await fetch(`${base}${path}`, {
      ...init,
      headers: {
        accept: 'application/json',
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...headers,
      },
    });
    if (!response.ok) throw await failureIn(response);
    return response;
  }

  async function json<Value>(...request: Parameters<typeof ask>): Promise<Value> {
    const response = await ask(...request);
    try {
      return (await response.json()) as Value;
    } catch (error) {
      throw error instanceof SyntaxError ? foreign(response.status) : error;
    }
  }

  function run(runId: string): RemoteRun {
    const path = `/v1/queries/${encodeURIComponent(runId)}`;

    async function* events({ from = 1, signal }: EventsOptions = {}): AsyncGenerator<Item, void, undefined> {
      let next = from;
      let tries = 0;
      for (;;) {
        try {
          const headers = { accept: 'text/event-stream', 'last-event-id': String(next - 1) };
          const response = await ask(`${path}/events`, { headers, ...withSignal(signal) });
          if (response.body === null || response.status === 204) return;
          for await (const { id, event, data } of readRecords(response.body)) {
            if (event === 'run') continue;
            const item = itemOf(event, id, data);
            if (item === null) continue;
            tries = 0;
            if (item.kind === 'resync') next = item.next;
            if (item.kind === 'event') next = item.id + 1;
            yield item;
            if (item.kind === 'event' && isEnding(item)) return;
          }
          const { state } = await json<Partial<View>>(path, withSignal(signal));
          // Whoever is refused has no ending either.
          if (state === 'refused') return;
          // Only of a run that goes on there is more to come, however long it is silent.
          if (state !== 'queued' && state !== 'running' && tries >= retries) throw foreign(200);
        } catch (error) {
          signal?.throwIfAborted();
          if (tries >= retries || (error instanceof GatewayError && !mayPass(error))) throw error;
        }
        await delay(Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** tries++), signal);
      }
    }

    return {
      runId,
      events,
      async result({ signal } = {}) {
        for await (const _ of events({ ...(signal === undefined ? {} : { signal }), from: 1 })) void _;
        const { bundle, error } = await json<View>(path, withSignal(signal));
        if (bundle !== null) return bundle;
        throw new GatewayError(
          200,
          error ?? { error_code: 'not_found', message: 'nothing is known of it any more', details: {} },
        );
      },
      async approve({ approvalId, digest }, decision) {
        const headers = { 'content-type': 'application/json' };
        const init = { method: 'POST', headers, body: JSON.stringify({ decision, digest }) };
        await ask(`${path}/approvals/${encodeURIComponent(approvalId)}`, init);
      },
      messages: (options = {}) => json(`${path}/messages${queryOf(options)}`),
      view: () => json(path),
      cancel: () => json(path, { method: 'DELETE' }),
    };
  }

  return {
    async submit(query, { key = crypto.randomUUID(), signal } = {}) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key };
      const init = { method: 'POST', headers, body: JSON.stringify(query), ...withSignal(signal) };
      const { runId } = await json<{ readonly runId?: unknown }>('/v1/queries?wait=false', init);
      if (typeof runId !== 'string') throw foreign(200);
      return run(runId);
    },
    run,
    list: ({ signal, ...filter } = {}) => json(`/v1/queries${queryOf(filter)}`, withSignal(signal)),
    sessions: ({ signal, ...filter } = {}) => json(`/v1/sessions${queryOf(filter)}`, withSignal(signal)),
  };
}

/** Null for a record of a kind that is none of these. @throws GatewayError where it does not hold what its kind does */
function itemOf(kind: string, id: string | null, data: string): Item | null {
  switch (kind) {
    case 'message': {
      const event = valueIn(data);
      const { message } = event;
      if (typeof message !== 'object' || message === null || !/^\d+$/.test(id ?? '')) throw foreign(200);
      return { kind: 'event', id: Number(id), event: event as unknown as RunEvent };
    }
    case 'failure':
      throw errorOf(200, valueIn(data));
    case 'resync': {
      const { next } = valueIn(data);
      if (typeof next !== 'number') throw foreign(200);
      return { kind: 'resync', next };
    }
    case 'piece':
      return { kind: 'piece', event: valueIn(data) as unknown as RunEvent };
    case 'approval_required':
      return { kind: 'approval', question: valueIn(data) as unknown as PendingApproval };
    default:
      return null;
  }
}

function valueIn(data: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Told below.
  }
  throw foreign(200);
}

function isEnding({ event }: Item & { readonly kind: 'event' }): boolean {
  return event.message.type === 'sluice' && Reflect.get(event.message, 'code') === 'ending';
}

/** Whether it makes sense to ask again. */
function mayPass({ status }: GatewayError): boolean {
  return status === 429 || status >= 500;
}

async function failureIn(response: Reply): Promise<GatewayError> {
  const { status, headers } = response;
  const told: unknown = await response.json().catch(() => null);
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return errorOf(status, told, seconds >= 0 && seconds <= LONGEST_WAIT_S ? seconds : undefined);
}

/** Seconds; no gateway asks for more than the week in which a usage limit resets. */
const LONGEST_WAIT_S = 7 * 24 * 3600;

function withSignal(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function queryOf(filter: object): string {
  const set = Object.entries(filter).filter(([, value]) => value !== undefined);
  return set.length === 0 ? '' : `?${new URLSearchParams(Object.fromEntries(set)).toString()}`;
}

function delay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', settle);
      resolve();
    };
    const timer = setTimeout(settle, ms);
    signal?.addEventListener('abort', settle);
  });
}
