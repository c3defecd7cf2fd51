import type { ServerContext } from '@modelcontextprotocol/server';
import type { Caller } from '../../caller.ts';

/** Whom a server is made for: one client over stdio, one session, or one request over HTTP. */
export interface Connection {
  readonly transport: 'stdio' | 'http';
  /** Who is at the other end. */
  readonly who: Pick<Caller, 'subject' | 'quotas'>;
  /** Settles when the client of a call has taken what it was sent; undefined when there is nothing to wait for. */
  drained(ctx: ServerContext): Promise<void> | undefined;
}
