import type { McpServer } from '@modelcontextprotocol/server';
import { createAccess } from '../../auth/access.ts';
import type { AccessInput } from '../../auth/access-rules.ts';
import { createApp } from '../../http/app.ts';
import { putDoor } from '../../http/door.ts';
import { type Allowed, createGuard, refuseOpenDoor } from '../../http/guards.ts';
import { listen, type Listener } from '../../http/listener.ts';
import type { Connection } from './connection.ts';
import { createMcpHttp } from './http.ts';
import { MCP_PATH, routeMcp } from './route.ts';

export interface ListenMcpOptions {
  /** Makes what serves one request or, up to 2025-11-25, one session. */
  readonly factory: (connection: Connection) => McpServer;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly allowed: Allowed;
  readonly access: Omit<AccessInput, 'endpoint'>;
  /** Milliseconds that a client up to 2025-11-25 with calls under way may be away. */
  readonly graceMs: number;
  /** Told the status with which a request was refused before it was read. */
  readonly onRefused?: (status: number) => void;
  /** Told of what is wrong with requests and connections. */
  readonly onRejected: (error: unknown) => void;
  /** Told of what is wrong with the server. */
  readonly onFault: (error: unknown) => void;
}

/**
 * Serves MCP over HTTP. Its URL is where clients find it.
 * @throws SluiceError `usage` when it can't listen there, or had better not
 */
export async function listenMcp(options: ListenMcpOptions): Promise<Listener> {
  const { factory, host, port, allowed, graceMs, onRefused, onRejected, onFault } = options;
  const access = await createAccess({ ...options.access, endpoint });
  refuseOpenDoor(host, access.required, allowed);
  const http = createMcpHttp({ factory, graceMs, onError: onRejected });
  const app = createApp({ nothingHere: `there is nothing here; MCP is at ${MCP_PATH}`, onError: onFault });
  let isClosing = false;
  putDoor(app, { guard: createGuard(allowed), access, isClosing: () => isClosing, onRefused });
  routeMcp(app, async () => http);
  const listener = await listen(app, { host, port });

  function endpoint(): URL {
    return new URL(MCP_PATH, listener.url);
  }

  return {
    url: endpoint(),
    async close() {
      isClosing = true;
      await http.close();
      await listener.close();
    },
  };
}
