import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import { HttpRefusal } from '../http/answer.ts';
import { Refusal } from '../refusal.ts';
import type { AccessRules } from './access-rules.ts';
import type { Identity } from './identity.ts';

/** The scope of a token that a proxy has which says for whom it asks. */
const PROXY_SCOPE = 'proxy';

/** Visible ASCII, without commas, which stand between values that were joined, and slashes: see the subject. */
const USER = /^[\u0021-\u002B\u002D\u002E\u0030-\u007E]{1,128}$/;

/**
 * Whom a request is for: the subject of its token or, from a trusted proxy, the user that the proxy names.
 * @throws Refusal where a proxy that may does not name one, or for what a page of another site may have sent
 */
export type WhomFor = (identity: Identity, req: IncomingMessage) => Identity;

/**
 * Takes a header for the user's name in requests that come from a proxy's address and show a token with the scope
 * `proxy`; in all others it is nothing, and nobody gets to see it.
 */
export function trustUserHeader({
  trustUserHeader: header,
  trustProxyAddresses = [],
}: Pick<AccessRules, 'trustUserHeader' | 'trustProxyAddresses'>): WhomFor {
  if (header === undefined) return (identity) => identity;
  const proxies = listOf(trustProxyAddresses);
  return (identity, req) => {
    const named = taken(req, header.toLowerCase());
    const isProxy = identity.scopes.includes(PROXY_SCOPE) && isOneOf(proxies, req.socket.remoteAddress);
    return isProxy ? userOf(identity, header, named, req) : identity;
  };
}

function userOf(proxy: Identity, header: string, named: readonly string[], req: IncomingMessage): Identity {
  const [user = '', ...more] = named;
  // A request without the header is refused: a client must not become the proxy itself by having it removed.
  if (more.length > 0 || !USER.test(user)) {
    const expected = '1 to 128 visible ASCII characters, without commas and slashes';
    throw new Refusal('bad_request', `${header}: the proxy has to say for whom it asks, once: ${expected}`, {
      field: header.toLowerCase(),
    });
  }
  refuseForged(req);
  const scopes = proxy.scopes.filter((scope) => scope !== PROXY_SCOPE);
  // Prefixed with the proxy's name, so that a user cannot be mistaken for a token's subject or another proxy's user.
  return { ...proxy, scopes, subject: `${proxy.subject}/${user}` };
}

/**
 * The proxy knows its users by cookies, which browsers send along for pages of any site. Those can send what a form can
 * without being asked where they are from, and what is no form not without an Origin, which was looked at before.
 */
function refuseForged({ method, headers }: IncomingMessage): void {
  if (method === 'GET' || method === 'HEAD') return;
  if (headers.origin === undefined) {
    throw new Refusal('forbidden', 'a request that changes something has to say from which page it is: send Origin');
  }
  const isJson = /^application\/json *(?:;|$)/i.test(headers['content-type'] ?? '');
  if (method === 'DELETE' ? headers['content-type'] === undefined || isJson : isJson) return;
  throw new HttpRefusal(new Refusal('bad_request', 'the body is to be JSON: send Content-Type: application/json'), {
    status: 415,
    headers: { connection: 'close' },
  });
}

/** The values of a header, which then are there no more. */
function taken({ headers, headersDistinct }: IncomingMessage, name: string): readonly string[] {
  const values = headersDistinct[name] ?? [];
  delete headers[name];
  delete headersDistinct[name];
  return values;
}

function listOf(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of addresses) {
    const [address = '', prefix] = text.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

/** An address of IPv4 that a socket of IPv6 tells of is the same one. */
function isOneOf(list: BlockList, address = ''): boolean {
  const [plain = ''] = address.split('%');
  return plain !== '' && list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}
