import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { createAccess } from '../../src/servers/auth/access.ts';
import { createApp } from '../../src/servers/http/app.ts';
import { putDoor } from '../../src/servers/http/door.ts';
import { createGuard } from '../../src/servers/http/guards.ts';
import { listen } from '../../src/servers/http/listener.ts';
import { createMcpHttp } from '../../src/servers/mcp/transport/http.ts';
import { MCP_PATH, routeMcp } from '../../src/servers/mcp/transport/route.ts';
import { FAKE_CLAUDE } from '../support/fake.ts';
import { conformanceFixtures } from './fixtures.ts';

/** A server that the suite is run against. */
export interface Subject {
  readonly url: URL;
  close(): Promise<void>;
}

/** Serves the fixtures by the transport of `sluice mcp --http`. */
export async function serveFixtures(): Promise<Subject> {
  const access = await createAccess({
    requiredScopes: [],
    authorizationServers: [],
    endpoint: () => url,
    where: String,
  });
  const mcp = createMcpHttp({ factory: conformanceFixtures(), graceMs: 1_000 });
  const app = createApp({ nothingHere: `MCP is at ${MCP_PATH}` });
  putDoor(app, { guard: createGuard({ hosts: [], origins: [] }), access, isClosing: () => false });
  routeMcp(app, async () => mcp);
  const listener = await listen(app, { host: '127.0.0.1', port: 0 });
  const url = new URL(MCP_PATH, listener.url);
  return {
    url,
    async close() {
      await mcp.close();
      await listener.close();
    },
  };
}

/** Runs the built `sluice mcp --http`, as it is. */
export async function serveSluice(): Promise<Subject> {
  const home = mkdtempSync(join(tmpdir(), 'sluice-conformance-'));
  const bin = fileURLToPath(new URL('../../bin/sluice.js', import.meta.url));
  const child = spawn(
    process.execPath,
    [bin, 'mcp', '--http', '--port', '0', '--admin-port', 'off', '--log-format', 'json'],
    {
      cwd: home,
      env: { PATH: process.env['PATH'], HOME: home, TMPDIR: home, SLUICE_CLAUDE_PATH: FAKE_CLAUDE },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const closed = once(child, 'close');
  const close = async (): Promise<void> => {
    child.kill();
    await closed;
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const log: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    log.push(line);
    const url = urlIn(line);
    if (url === null) continue;
    child.stderr.resume();
    return { url, close };
  }
  await close();
  throw new Error(`sluice mcp does not listen:\n${log.join('\n')}`);
}

/** Where MCP is, on the line of the log that says so. */
function urlIn(line: string): URL | null {
  const { data } = listeningSchema.safeParse(parsed(line));
  return data === undefined ? null : new URL(data.url);
}

const listeningSchema = z.object({ face: z.literal('mcp'), url: z.url() });

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
