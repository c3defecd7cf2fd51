import type { Reply } from '../client/client.ts';
import type { Credential } from './credential.ts';

type Fetch = (url: string, init: RequestInit) => Promise<Reply>;

/** Proves who asks with each request; where the gateway takes that no more, once with what is there by then. */
export function authorizedFetch(fetch: Fetch, credential: Credential): Fetch {
  async function ask(url: string, init: RequestInit): Promise<Reply> {
    return fetch(url, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), ...(await credential.header()) },
    });
  }

  return async (url, init) => {
    const reply = await ask(url, init);
    if (reply.status !== 401) return reply;
    await reply.body?.getReader().cancel();
    credential.forget();
    return ask(url, init);
  };
}
