import type { PageFiles } from '../../page/built-page.ts';
import type { AccessInput } from '../auth/access-rules.ts';
import { createAccess } from '../auth/access.ts';
import { createApp } from '../http/app.ts';
import { urlOf } from '../http/bind.ts';
import { putDoor } from '../http/door.ts';
import { type Allowed, createGuard, refuseOpenDoor } from '../http/guards.ts';
import type { HeldServer } from '../http/held-server.ts';
import { listen, type Listener } from '../http/listener.ts';
import type { McpHttp } from '../mcp/transport/http.ts';
import { routeMcp } from '../mcp/transport/route.ts';
import { routePage } from './page.ts';
import { type GatewayOptions, routeGateway } from './handlers.ts';

export interface ListenGatewayOptions extends GatewayOptions {
  /** The server whose requests it answers; it may listen already. */
  readonly held: HeldServer;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly allowed: Allowed;
  readonly access: Omit<AccessInput, 'endpoint'>;
  /** Opens MCP, which is served beside, with the first request for it; null: it is not served. */
  readonly openMcp: (() => Promise<McpHttp>) | null;
  /** The files of the page, which is served beside, as they are asked for; null: there is none. */
  readonly page: (() => Promise<PageFiles>) | null;
  /** Told the status with which a request was refused before it was read. */
  readonly onRefused?: (status: number) => void;
  /** Told of what is wrong with the server. */
  readonly onFault: (error: unknown) => void;
}

/**
 * Serves the gateway, and MCP beside it.
 * @throws SluiceError `usage` when it can't listen there, or had better not
 */
export async function listenGateway(options: ListenGatewayOptions): Promise<Listener> {
  const { held, host, port, allowed, isClosing, openMcp, page, onRefused, onFault } = options;
  const access = await createAccess({ ...options.access, endpoint: () => urlOf(held.server, host) });
  refuseOpenDoor(host, access.required, allowed);
  const app = createApp({
    nothingHere: 'there is nothing here; GET /openapi.json tells what there is',
    onError: onFault,
    held,
  });
  // Who follows a run, or looks for one, may do so to the end.
  const asksForMore = (method: string | undefined): boolean => method !== 'GET' && method !== 'DELETE';
  putDoor(app, {
    guard: createGuard(page === null ? allowed : withOwnPages(allowed)),
    access,
    isClosing: ({ method }) => isClosing() && asksForMore(method),
    onRefused,
  });
  routeGateway(app, options);
  if (page !== null) routePage(app, page);
  let mcp: Promise<McpHttp> | null = null;
  if (openMcp !== null) routeMcp(app, () => (mcp ??= openMcp()));
  const listener = await listen(app, { host, port });
  return {
    url: listener.url,
    async close() {
      await (await mcp)?.close();
      await listener.close();
    },
  };
}

/** The page that is served here is of the host by which it was asked. */
function withOwnPages({ hosts, origins }: Allowed): Allowed {
  return { hosts, origins: [...origins, ...hosts] };
}
