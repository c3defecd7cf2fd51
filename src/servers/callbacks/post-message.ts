import { lookup } from 'node:dns/promises';
import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { reasonOf } from '../../errors.ts';
import { within } from '../../system/bounded-wait.ts';
import { VERSION } from '../../version.ts';
import { bareHost } from './callback-url.ts';
import { isPublicAddress } from './is-public-address.ts';

/** What came of one try. */
export interface Tried {
  readonly isDelivered: boolean;
  /** Of HTTP; null where there was no answer. */
  readonly status: number | null;
  /** Why it was not delivered; null where it was. */
  readonly error: string | null;
  /** Whether another try can come to something else. */
  readonly isWorthRetrying: boolean;
}

export interface PostOptions {
  readonly url: URL;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether addresses may be such that are none of the public internet. */
  readonly private: boolean;
  /** Milliseconds for all of it. */
  readonly timeoutMs: number;
  /** Ends it early. */
  readonly signal: AbortSignal;
  /** Default: the system's, which reads the hosts file, too. */
  readonly resolve?: Resolve;
}

export type Resolve = (host: string) => Promise<readonly Address[]>;

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Statuses by which a server says that it may answer otherwise later. */
const PASSING = new Set([408, 425, 429]);

/**
 * Posts a text. The name is resolved once, all of its addresses have to be allowed, and one of those is connected to,
 * whatever the name means by then; no redirect is followed, and nothing of the answer is read but its status. Never throws.
 */
export async function postMessage(options: PostOptions): Promise<Tried> {
  const { timeoutMs, signal } = options;
  const giveUp = new AbortController();
  try {
    const answer = await within(post(options, giveUp.signal), { ms: timeoutMs, signal });
    if (answer.done) return answer.value;
    return failed(answer.by === 'time' ? `no answer within ${timeoutMs} ms` : 'the server ended');
  } catch (error) {
    return failed(reasonOf(error));
  } finally {
    giveUp.abort();
  }
}

async function post(options: PostOptions, giveUp: AbortSignal): Promise<Tried> {
  const { url, private: mayBePrivate, resolve = systemResolve } = options;
  const addresses = await resolve(bareHost(url));
  const [first] = addresses;
  if (first === undefined) return failed('its host has no address');
  if (!mayBePrivate && !addresses.every(({ address }) => isPublicAddress(address)))
    return { ...failed('its host has a private address'), isWorthRetrying: false };
  return judged(await statusFrom(first, options, giveUp));
}

const systemResolve: Resolve = (host) => lookup(host, { all: true });

function statusFrom(to: Address, { url, body, headers }: PostOptions, signal: AbortSignal): Promise<number> {
  const isTls = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': `sluice/${VERSION}`,
        ...headers,
      },
      lookup: always(to),
      signal,
    };
    const onAnswer = (answer: IncomingMessage): void => {
      resolve(answer.statusCode ?? 0);
      answer.destroy();
    };
    // An agent of its own keeps no connection, and asks no proxy, behind which the name would be resolved again.
    const sent: ClientRequest = isTls
      ? requestHttps(url, { ...options, agent: new HttpsAgent() }, onAnswer)
      : requestHttp(url, { ...options, agent: new HttpAgent() }, onAnswer);
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Says for every name that it has that address. */
function always({ address, family }: Address): LookupFunction {
  return (_, options, tell) => {
    if (options.all === true) tell(null, [{ address, family }]);
    else tell(null, address, family);
  };
}

function judged(status: number): Tried {
  if (status >= 200 && status < 300) return { isDelivered: true, status, error: null, isWorthRetrying: false };
  const error =
    status >= 300 && status < 400 ? 'it leads elsewhere, and redirects are not followed' : `it answered ${status}`;
  return { isDelivered: false, status, error, isWorthRetrying: status >= 500 || PASSING.has(status) };
}

function failed(error: string): Tried {
  return { isDelivered: false, status: null, error, isWorthRetrying: true };
}
