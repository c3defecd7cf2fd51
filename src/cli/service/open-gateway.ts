import { userInfo } from 'node:os';
import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { SluiceError } from '../../errors.ts';
import { createClient } from '../../client/client.ts';
import type { Gateway } from '../../remote/gateway.ts';
import { authorizedFetch } from '../../remote/authorized-fetch.ts';
import { cookiesOfFile, type Credential, jwtsOfFile, tokenOfFile } from '../../remote/credential.ts';
import { createPooledFetch } from '../../remote/pooled-fetch.ts';
import { proxyFor } from '../../remote/proxy-for.ts';
import { isLoopback } from '../../system/loopback.ts';
import { whereSet } from '../settings/where-set.ts';

export { remoteRun } from '../../remote/remote-run.ts';

/**
 * The gateway that settings name, of which nothing is asked yet.
 * @param env in which a proxy may be named
 * @param warn told what should be known of the way there
 * @throws SluiceError `usage` for an address that is none of a gateway's, and a credential that can't be used, or must not go there
 */
export async function openGateway(
  settings: Settings,
  address: string,
  env: Readonly<Record<string, string | undefined>>,
  warn: (text: string) => void,
): Promise<Gateway> {
  const url = addressOf(address, whereSet(settings, 'gateway'));
  const credential = credentialOf(settings, address);
  if (isOpenToOthers(url)) weighPlainHttp(settings, url, credential !== null, warn);
  const proxy = proxyFor(url, env);
  const patience = {
    connectMs: read(settings, OPTION.gatewayConnectTimeout),
    headersMs: read(settings, OPTION.gatewayHeadersTimeout),
    bodyMs: read(settings, OPTION.gatewayBodyTimeout),
  };
  const { fetch, close } = await createPooledFetch(url.origin, patience, proxy);
  // Before anything is read or sent: what is wrong with it is the user's to put right.
  await credential?.header();
  return {
    url: url.href,
    ...(proxy === null ? {} : { proxy: `${proxy.url.host} (${proxy.variable})` }),
    client: createClient({ url, fetch: credential === null ? fetch : authorizedFetch(fetch, credential) }),
    secrets: () => [
      ...(credential?.secrets() ?? []),
      ...(proxy === null ? [] : [decodeURIComponent(proxy.url.password)]),
    ],
    close,
  };
}

/** Others see command lines and addresses, so that no secret is to stand in them. */
function addressOf(address: string, where: string): URL {
  const url = new URL(address);
  const { username, password, search, hash } = url;
  if (username !== '' || password !== '') {
    throw new SluiceError(
      'usage',
      `${where}: no name and no password may stand in an address; use --gateway-token-file, or what else proves who asks`,
    );
  }
  if (search !== '' || hash !== '')
    throw new SluiceError('usage', `${where}: no ? and no # may stand in the address of a gateway`);
  return url;
}

/** Null where nothing says who asks. @throws SluiceError `usage` where several things do */
function credentialOf(settings: Settings, address: string): Credential | null {
  const sources = (['gatewayTokenFile', 'gatewayJwtSecretFile', 'gatewayCookieFile'] as const).flatMap((name) => {
    const path = read(settings, OPTION[name]);
    return path === undefined ? [] : [{ name, path, where: whereSet(settings, name) }];
  });
  const [source, other] = sources;
  if (source === undefined) return null;
  if (other !== undefined)
    throw new SluiceError('usage', `${other.where}: ${source.where} says already who asks; leave one of them out`);
  switch (source.name) {
    case 'gatewayTokenFile':
      return tokenOfFile(source);
    case 'gatewayCookieFile':
      return cookiesOfFile(source);
    case 'gatewayJwtSecretFile':
      return jwtsOfFile(source, {
        subject: read(settings, OPTION.gatewaySubject) ?? nameOfUser(),
        audience: read(settings, OPTION.gatewayAudience) ?? address,
        issuer: read(settings, OPTION.gatewayIssuer),
        scopes: read(settings, OPTION.gatewayScopes) ?? [],
      });
    default:
      return source.name satisfies never;
  }
}

function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch (error) {
    // As in a container whose user has no name.
    throw new SluiceError('usage', 'say who asks, with --gateway-subject NAME', { cause: error });
  }
}

function isOpenToOthers({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !isLoopback(hostname);
}

/**
 * Whoever reads along learns what is asked, which may be meant so, and a credential, which is good for more than that: so
 * the one is told, and the other wants a word.
 */
function weighPlainHttp(settings: Settings, { href }: URL, isProven: boolean, warn: (text: string) => void): void {
  const where = whereSet(settings, 'gateway');
  if (isProven && read(settings, OPTION.gatewayPlainHttp) !== true) {
    throw new SluiceError(
      'usage',
      `${where}: ${href}: whoever reads along on the way would have what proves who you are; use https, or say --gateway-plain-http where the network is yours`,
    );
  }
  if (!isProven) warn(`${where}: ${href}: prompts and answers go there unencrypted; use https`);
}
