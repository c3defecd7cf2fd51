import { isIP } from 'node:net';
import { forbidden } from '../policy/forbidden.ts';
import { malformed } from '../refusal.ts';
import { isPublicAddress } from './is-public-address.ts';

/** Who may be told of the end of a query. */
export interface CallbackRules {
  /** Names of hosts, with the port where it is not that of the URL's scheme: `hooks.example.com:8443`. */
  readonly hosts: readonly string[];
  /** Whether they may be private: http, and addresses that are none of the public internet. */
  readonly private: boolean;
}

/** UTF-16 units; what is longer is no place to call. */
const LONGEST = 2_000;

const FIELD = 'callbackUrl';

/**
 * Where a program wants to be told, if that may be.
 * @param rules null where nobody may
 * @throws Refusal `validation_error` for what is no such URL, `forbidden` for one that the operator does not allow
 */
export function callbackUrlOf(text: string, rules: CallbackRules | null): URL {
  if (rules === null) throw forbidden(FIELD, 'this server calls nobody back', []);
  const url = text.length <= LONGEST && URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw malformed(FIELD, `expected an https URL of up to ${LONGEST} characters`);
  if (url.username !== '' || url.password !== '')
    throw malformed(FIELD, 'it has a user name; what is sent is signed instead');
  if (url.hash !== '') throw malformed(FIELD, 'it has a fragment, which no server is sent');
  if (!rules.hosts.some((host) => isHost(host, url))) throw forbidden(FIELD, 'its host is not allowed', rules.hosts);
  if (rules.private) return url;
  if (url.protocol === 'http:') throw forbidden(FIELD, 'http shows what is sent to everybody on the way', ['https']);
  if (isKnownAsPrivate(bareHost(url))) throw forbidden(FIELD, 'its host is a private address', []);
  return url;
}

/** The host of a URL without the brackets of IPv6. */
export function bareHost({ hostname }: URL): string {
  return hostname.replaceAll(/^\[|\]$/g, '');
}

/** Whether an operator's name of a host is that of a URL. @throws TypeError where it is no name of a host */
function isHost(name: string, { protocol, host }: Pick<URL, 'protocol' | 'host'>): boolean {
  return new URL(`${protocol}//${name}`).host === host;
}

function isKnownAsPrivate(host: string): boolean {
  return isIP(host) === 0 ? /(?:^|\.)localhost$/.test(host) : !isPublicAddress(host);
}
