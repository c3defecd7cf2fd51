import { type Dispatcher, Pool, ProxyAgent } from 'undici';
import { messageOf, systemCodeOf } from '../errors.ts';
import type { Proxy } from './proxy-for.ts';

/** Connections to servers through a proxy, each in a tunnel of its own. */
export function createTunnels(
  { url }: Proxy,
  options: Pool.Options & { readonly headersTimeout: number },
  connectMs: number,
): Dispatcher {
  const { headersTimeout } = options;
  return new ProxyAgent({
    ...options,
    uri: url.href,
    proxyTls: { timeout: connectMs },
    requestTls: { timeout: connectMs },
    clientFactory: (origin, given) => toProxy(new Pool(origin, { ...given, headersTimeout })),
  });
}

type Connect = (asked: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData>;

/** Undici connects again, for ever, after the code of a socket that broke (7.30.2), so a proxy that hangs up gets another code. */
function toProxy(pool: Pool): Pool {
  const plain: Connect = pool.connect.bind(pool);
  const connect: Connect = async (asked) => {
    try {
      return await plain(asked);
    } catch (error) {
      if (systemCodeOf(error) !== 'UND_ERR_SOCKET') throw error;
      throw Object.assign(new Error(messageOf(error), { cause: error }), { code: 'ECONNRESET' });
    }
  };
  return Object.assign(pool, { connect });
}
