import { GatewayError } from '../client/client.ts';
import { messageOf, type NameOption, ownName, SluiceError, type SluiceErrorCode, systemCodeOf } from '../errors.ts';
import { nameForCallers } from '../request/callers.ts';
import { SENT_FIELDS } from '../request/remote.ts';
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

const STRANGER =
  'nobody who is trusted here has signed its certificate; name who has with NODE_EXTRA_CA_CERTS=FILE.pem in the environment';
const NO_TLS = 'it does not speak TLS; name it with http: if that is meant';

/** What is for whoever asks to put right, and will be the same when they ask again. */
const MISTAKES: Readonly<Partial<Record<string, string>>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: STRANGER,
  SELF_SIGNED_CERT_IN_CHAIN: STRANGER,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: STRANGER,
  UNABLE_TO_GET_ISSUER_CERT: STRANGER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: STRANGER,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host; name it as that has it',
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  EPROTO: NO_TLS,
};

const REASONS: Readonly<Partial<Record<string, string>>> = {
  ...MISTAKES,
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'its name could not be looked up',
  UND_ERR_CONNECT_TIMEOUT: 'it could not be connected to in time (--gateway-connect-timeout)',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time (--gateway-headers-timeout)',
  UND_ERR_BODY_TIMEOUT: 'it fell silent (--gateway-body-timeout)',
  UND_ERR_SOCKET: 'the connection broke',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, or the clock is wrong here',
};

const START_IT = '; start the gateway, with sluice serve, or name another one';

function unreached(thrown: unknown, { url, proxy }: Pick<Gateway, 'url' | 'proxy'>): SluiceError {
  const code = systemCodeOf(thrown) ?? '';
  const by = proxy === undefined ? '' : `by way of the proxy ${proxy}: `;
  const refusal = refusalOfProxy(thrown);
  if (refusal !== null)
    return new SluiceError(codeOfStatus(refusal), `${url}: ${by}it answers with status ${refusal}`, { cause: thrown });
  const reason = REASONS[code];
  const fix = code === 'ECONNREFUSED' && proxy === undefined ? START_IT : '';
  const told = reason === undefined ? `it could not be asked: ${messageOf(thrown)}` : `${reason}${fix} (${code})`;
  return new SluiceError(code in MISTAKES ? 'usage' : 'network', `${url}: ${by}${told}`, { cause: thrown });
}

/** What a proxy answered that was to make a tunnel, as undici tells it; null where it is not about that. */
function refusalOfProxy(thrown: unknown): number | null {
  const [, status] = /^Proxy response \((\d{3})\)/.exec(messageOf(thrown)) ?? [];
  return status === undefined ? null : Number(status);
}
