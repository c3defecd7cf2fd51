import { GatewayError } from '../client/client.ts';
import { messageOf, type NameOption, ownName, SluiceError, type SluiceErrorCode, systemCodeOf } from '../errors.ts';
import { nameForCallers } from '../request/caller-fields.ts';
import { SENT_FIELDS } from '../request/remote.ts';
import { connectionFault } from '../system/connection-fault.ts';
import { tlsFault } from '../system/tls-fault.ts';
import type { Gateway } from './gateway.ts';

/** Why a gateway did not do what it was asked for. */
export interface GatewayFault {
  readonly error: SluiceError;
  /** Seconds after which it makes sense to ask again, where the gateway says so. */
  readonly retryAfter?: number | undefined;
}

/** What was thrown while a gateway was asked, in our own terms. */
export function gatewayFault(thrown: unknown, gateway: Pick<Gateway, 'url' | 'proxy'>): GatewayFault {
  const { url } = gateway;
  if (thrown instanceof SluiceError) return { error: thrown };
  if (!(thrown instanceof GatewayError)) return { error: unreached(thrown, gateway) };
  const { retryAfter } = thrown;
  const wait = retryAfter === undefined ? '' : `; ask again in ${retryAfter} s`;
  const told = (name: NameOption): string => `${url}: ${described(thrown, name)}${wait}`;
  return { error: new SluiceError(codeOf(thrown), told, { cause: thrown }), retryAfter };
}

/** By the code of what a gateway refuses. */
const CODES: ReadonlyMap<string, SluiceErrorCode> = new Map([
  ['validation_error', 'usage'],
  ['bad_request', 'usage'],
  ['payload_too_large', 'usage'],
  ['unauthorized', 'auth'],
  ['conflict', 'locked'],
  ['rate_limited', 'rate_limited'],
  ['timeout', 'overloaded'],
  ['unavailable', 'overloaded'],
]);

function codeOf({ code, status, details }: GatewayError): SluiceErrorCode {
  if (code === 'bad_gateway') return codeOfStatus(status);
  // More than its operator allows, or somebody who may not ask at all.
  if (code === 'forbidden') return 'field' in details ? 'usage' : 'auth';
  return CODES.get(code) ?? 'api_error';
}

/** Of what is no answer of sluice's: a proxy, or another program. */
function codeOfStatus(status: number): SluiceErrorCode {
  if (status === 401 || status === 403 || status === 407) return 'auth';
  if (status === 429) return 'rate_limited';
  if (status >= 500) return 'network';
  return status >= 300 ? 'usage' : 'api_error';
}

function described({ code, status, message }: GatewayError, name: NameOption): string {
  if (code !== 'bad_gateway') return ofOurFields(message, name);
  if (status >= 300 && status < 400)
    return `it answers with a redirect (${status}), which is not followed; name the URL that it leads to`;
  return `${message} (status ${status})`;
}

/** Gateways say it in the fields of their requests. */
function ofOurFields(message: string, name: NameOption = ownName): string {
  return message.replace(/^\w+(?=[:.[])/, (word) => {
    const field = SENT_FIELDS.find((one) => nameForCallers(one) === word);
    return field === undefined ? word : name(field.name);
  });
}

/** What undici says besides. */
const OF_UNDICI: Readonly<Partial<Record<string, string>>> = {
  UND_ERR_CONNECT_TIMEOUT: 'it could not be connected to in time (--gateway-connect-timeout)',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time (--gateway-headers-timeout)',
  UND_ERR_BODY_TIMEOUT: 'it fell silent (--gateway-body-timeout)',
  UND_ERR_SOCKET: 'the connection broke',
};

function unreached(thrown: unknown, { url, proxy }: Pick<Gateway, 'url' | 'proxy'>): SluiceError {
  const fault = (code: SluiceErrorCode, why: string): SluiceError => {
    const by = proxy === undefined ? '' : `by way of the proxy ${proxy}: `;
    return new SluiceError(code, `${url}: ${by}${why}`, { cause: thrown });
  };
  const status = refusalOfProxy(thrown);
  if (status !== null) return fault(codeOfStatus(status), `it answers with status ${status}`);
  const code = systemCodeOf(thrown) ?? '';
  const tls = tlsFault(code);
  const reason = tls?.reason ?? OF_UNDICI[code] ?? connectionFault(code);
  if (reason === undefined) return fault('network', `it could not be asked: ${messageOf(thrown)}`);
  return fault(tls?.isMistake === true ? 'usage' : 'network', `${reason}${fixOf(code, proxy)} (${code})`);
}

/** What to do about it, where a reason alone does not say so. */
function fixOf(code: string, proxy: string | undefined): string {
  if (tlsFault(code)?.isPlain === true) return '; for a gateway without TLS, the address begins with http:';
  return code === 'ECONNREFUSED' && proxy === undefined
    ? '; start the gateway, with sluice serve, or name another one'
    : '';
}

/** What a proxy answered that was to make a tunnel, as undici tells it; null where it is not about that. */
function refusalOfProxy(thrown: unknown): number | null {
  const [, status] = /^Proxy response \((\d{3})\)/.exec(messageOf(thrown)) ?? [];
  return status === undefined ? null : Number(status);
}
