import type { Readable, Writable } from 'node:stream';
import {
  Client,
  type JSONRPCMessage,
  ReadBuffer,
  serializeMessage,
  StreamableHTTPClientTransport,
  type Transport,
} from '@modelcontextprotocol/client';
import type { Home } from './folder.ts';
import { type Finished, type Invocation, startSluice } from './sluice.ts';
import { atTestEnd } from './test-end.ts';

/** The two kinds of MCP: 2026-07-28, and what came before. */
export const ERAS = ['modern', 'legacy'] as const;
export type Era = (typeof ERAS)[number];

export const WIRES = ['stdio', 'http'] as const;
export type Wire = (typeof WIRES)[number];

/** Every era over every wire, for `it.each`. */
export const WAYS: readonly (readonly [Era, Wire])[] = ERAS.flatMap((era) => WIRES.map((wire) => [era, wire] as const));

/** Each era and each wire once, where one has nothing to do with the other. */
export const EACH_ONCE = [
  ['modern', 'http'],
  ['legacy', 'stdio'],
] as const satisfies readonly (readonly [Era, Wire])[];

/** A line of the server's log. */
export type LogLine = Readonly<Record<string, unknown>>;

/** `sluice mcp`, running. */
export interface McpServer {
  readonly home: Home;
  /** Where MCP is, and where the operator looks; only over HTTP. */
  readonly url: URL;
  readonly adminUrl: URL;
  /** Connects a client of the SDK, which is closed at the end of the test. Over stdio there can be one. */
  connect(era: Era, options?: ClientOptions): Promise<Client>;
  log(): LogLine[];
  /** Settles when a line of the log has these fields; rejects when the server ends without. */
  logs(fields: LogLine): Promise<LogLine>;
  /** Settles when the server has ended. */
  readonly finished: Promise<Finished>;
  kill(signal: NodeJS.Signals): void;
  /** The client's end of the pipes; null over HTTP. */
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
}

export interface ClientOptions {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly fetch?: typeof fetch;
  /** What its user says to each question; absent: it can't be asked. */
  readonly onElicit?: (message: string) => boolean;
  /** How often it tries to take a broken stream up again. */
  readonly maxRetries?: number;
}

export interface ServerInvocation extends Invocation {
  /** What it must exit with at the end of the test, when SIGTERM ends it; null: the test has ended it itself. */
  readonly endsWith?: number | null;
}

/** A command that serves, running. */
export interface Server extends Pick<Running, 'home' | 'finished' | 'kill' | 'stdin' | 'stdout'> {
  log(): LogLine[];
  /** Settles when a line of the log has these fields; rejects when the server ends without. */
  logs(fields: LogLine): Promise<LogLine>;
  /** Where a face of it is, once the log says so. */
  urlOf(face: string): Promise<URL>;
}

type Running = ReturnType<typeof startSluice>;

/**
 * Starts the built sluice as a server. At the end of the test it is ended, must exit with 0, and may leave nothing behind.
 */
export function startServer(
  args: readonly string[],
  invocation: ServerInvocation & Pick<Invocation, 'staysOpen'>,
): Server {
  const { endsWith = 0, ...rest } = invocation;
  const running = startSluice(args, {
    ...rest,
    // The script of a fake claude is in its environment.
    env: { ...(rest.fake === undefined ? {} : { SLUICE_SERVER_ENV: 'FAKE_CLAUDE' }), ...rest.env },
  });
  atTestEnd(async () => {
    running.kill('SIGTERM');
    const { exitCode, signal, stderr } = await running.finished;
    if (endsWith === null || exitCode === endsWith) return;
    throw new Error(`sluice ${args[0]} exited with ${exitCode ?? signal}:\n${stderr}`);
  });

  const log = (): LogLine[] => linesOf(running.stderr());

  async function logs(fields: LogLine): Promise<LogLine> {
    let found: LogLine | undefined;
    await running.says((stderr) => {
      found = linesOf(stderr).find((line) => Object.entries(fields).every(([name, value]) => line[name] === value));
      return found !== undefined;
    });
    return found ?? {};
  }

  async function urlOf(face: string): Promise<URL> {
    const { url } = await logs({ face });
    if (typeof url !== 'string') throw new Error(`no URL of ${face}`);
    return new URL(url);
  }

  const { home, finished, kill, stdin, stdout } = running;
  return { home, finished, kill, stdin, stdout, log, logs, urlOf };
}

/** Starts the built `sluice mcp`: over HTTP on ports that are free, for MCP and for the operator. */
export async function startMcp(
  wire: Wire,
  args: readonly string[] = [],
  invocation: ServerInvocation = {},
): Promise<McpServer> {
  const http = wire === 'http' ? ['--http', '--port', '0', '--admin-port', '0'] : [];
  const running = startServer(['mcp', ...http, ...args], { ...invocation, staysOpen: wire === 'stdio' });
  const { urlOf, log, logs } = running;
  const [url, adminUrl] = wire === 'http' ? [await urlOf('mcp'), await urlOf('admin')] : [NOWHERE, NOWHERE];
  return {
    home: running.home,
    url,
    adminUrl,
    log,
    logs,
    finished: running.finished,
    kill: running.kill,
    stdin: wire === 'stdio' ? running.stdin : null,
    stdout: wire === 'stdio' ? running.stdout : null,
    async connect(era, options = {}) {
      const client = new Client(
        { name: options.name ?? 'test', version: '1.0.0' },
        {
          versionNegotiation: { mode: era === 'modern' ? { pin: '2026-07-28' } : 'legacy' },
          ...(options.onElicit === undefined ? {} : { capabilities: { elicitation: { form: {} } } }),
        },
      );
      const { onElicit } = options;
      if (onElicit !== undefined) {
        client.setRequestHandler('elicitation/create', ({ params }) => ({
          action: 'accept',
          content: { allow: onElicit(params.message) },
        }));
      }
      atTestEnd(() => client.close().catch(() => {}));
      await client.connect(
        wire === 'http' ? httpTransport(url, options) : pipeTransport(running.stdin, running.stdout),
      );
      return client;
    },
  };
}

const NOWHERE = new URL('http://127.0.0.1:9/');

/** The SDK's own, over HTTP; it sends a token and headers with every request. */
export function httpTransport(
  url: URL,
  { token, headers, fetch, maxRetries = 20 }: ClientOptions = {},
): StreamableHTTPClientTransport {
  return new StreamableHTTPClientTransport(url, {
    requestInit: { headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) } },
    ...(fetch === undefined ? {} : { fetch }),
    reconnectionOptions: {
      initialReconnectionDelay: 50,
      maxReconnectionDelay: 200,
      reconnectionDelayGrowFactor: 1.5,
      maxRetries,
    },
  });
}

/** A client's end of pipes to a server that runs already. */
function pipeTransport(input: Writable | null, output: Readable | null): Transport {
  if (input === null || output === null) throw new Error('the server has no pipes');
  const buffer = new ReadBuffer();
  const transport: Transport = {
    async start() {
      output.on('data', (chunk: Buffer) => {
        buffer.append(chunk);
        for (let message = buffer.readMessage(); message !== null; message = buffer.readMessage())
          transport.onmessage?.(message);
      });
      output.on('close', () => transport.onclose?.());
    },
    send: (message: JSONRPCMessage) =>
      new Promise((resolve, reject) => {
        input.write(serializeMessage(message), (error) => (error ? reject(error) : resolve()));
      }),
    async close() {
      input.end();
    },
  };
  return transport;
}

function linesOf(text: string): LogLine[] {
  return text
    .split('\n')
    .slice(0, -1)
    .flatMap((line): LogLine[] => {
      try {
        const parsed: unknown = JSON.parse(line);
        return typeof parsed === 'object' && parsed !== null ? [{ ...parsed }] : [];
      } catch {
        return [];
      }
    });
}
