import { LOCAL_SUBJECT } from '../../caller.ts';
import type { Readable, Writable } from 'node:stream';
import type { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Connection } from './connection.ts';
import { pipeTransport } from './pipe-transport.ts';

/** MCP for the one client at the other end of stdin and stdout. */
export interface McpStdio {
  /** Settles when the client is gone. */
  readonly gone: Promise<void>;
  /** Ends its calls. */
  close(): Promise<void>;
}

export interface McpStdioOptions {
  readonly input: Readable;
  /** The protocol's own: nothing else may be written to it. */
  readonly output: Writable;
  /** Makes what serves the client, once it is known which era it is of. */
  readonly factory: (connection: Connection) => McpServer;
  /** Told of what is wrong with messages and pipes. */
  readonly onError: (error: unknown) => void;
}

/** Serves a client in either era. */
export function serveMcpStdio({ input, output, factory, onError }: McpStdioOptions): McpStdio {
  const transport = pipeTransport(input, output);
  const handle = serveStdio(
    // What is sent waits for its reader by itself.
    () => factory({ transport: 'stdio', who: { subject: LOCAL_SUBJECT }, drained: () => undefined }),
    { transport, onerror: onError },
  );
  const gone = new Promise<void>((resolve) => {
    const close = transport.onclose;
    transport.onclose = () => {
      close?.();
      // By then the signals of its calls have come.
      setImmediate(resolve);
    };
  });
  return { gone, close: handle.close };
}
