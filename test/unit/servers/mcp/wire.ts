import { InMemoryTransport, type JSONRPCMessage } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { Client } from '@modelcontextprotocol/client';
import { onTestFinished } from 'vitest';
import type { McpFace } from '../../../../src/servers/mcp/face.ts';
import { createMcpServer } from '../../../../src/servers/mcp/server.ts';

/** JSON as it came: each test says what it expects in it. */
export type Fields = ReturnType<typeof JSON.parse>;

export const ERAS = ['modern', 'legacy'] as const;
export type Era = (typeof ERAS)[number];

/** A client that speaks JSON-RPC by hand, in one process with the server. */
export interface Wire {
  /** Everything that came, in order. */
  readonly received: readonly Fields[];
  /** Notifications of a method, their params. */
  told(method: string): Fields[];
  /** Sends a request; settles with its response. */
  request(method: string, params: Fields): Promise<Fields>;
  /** Sends a request without waiting for what comes; returns its id. */
  send(method: string, params: Fields): number;
  notify(method: string, params: Fields): void;
  /** Hangs up. */
  close(): Promise<void>;
}

/** Takes what the server sends; a promise keeps it from being sent at once. */
export type Gate = (message: Fields) => Promise<void> | undefined;

const MODERN_META: Fields = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'hand', version: '1.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** Opens a wire, the handshake done. */
export async function openWire(face: McpFace, era: Era, gate: Gate = () => undefined): Promise<Wire> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  const send = far.send.bind(far);
  far.send = async (message, options) => {
    await gate(message);
    return send(message, options);
  };
  serveStdio(() => createMcpServer(face), { transport: far });
  const received: Fields[] = [];
  const waiting = new Map<unknown, (response: Fields) => void>();
  Object.assign(near, {
    onmessage(message: Fields) {
      received.push(message);
      if (message.method === undefined) waiting.get(message.id)?.(message);
    },
  });
  await near.start();
  onTestFinished(() => near.close());

  let ids = 0;
  const meta = era === 'modern' ? MODERN_META : {};
  const withMeta = (params: Fields): Fields => ({ ...params, _meta: { ...meta, ...params._meta } });
  function post(message: Fields): void {
    void near.send({ jsonrpc: '2.0', ...message } as JSONRPCMessage).catch(() => {});
  }
  function sendRequest(method: string, params: Fields): number {
    const id = ids++;
    post({ id, method, params: withMeta(params) });
    return id;
  }

  const wire: Wire = {
    received,
    told: (method) => received.filter((message) => message.method === method).map((message) => message.params),
    send: sendRequest,
    request(method, params) {
      return new Promise((resolve) => {
        const id = sendRequest(method, params);
        waiting.set(id, resolve);
      });
    },
    notify: (method, params) => post({ method, params: era === 'modern' ? withMeta(params) : params }),
    close: () => near.close(),
  };
  if (era === 'legacy') {
    const clientInfo = { name: 'hand', version: '1.0' };
    await wire.request('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
    wire.notify('notifications/initialized', {});
  }
  return wire;
}

/** A client of the SDK. */
export async function openClient(face: McpFace, era: Era): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  serveStdio(() => createMcpServer(face), { transport: far });
  const client = new Client(
    { name: 'sdk', version: '1.0' },
    { versionNegotiation: { mode: era === 'modern' ? { pin: '2026-07-28' } : 'legacy' } },
  );
  await client.connect(near);
  onTestFinished(() => client.close());
  return client;
}
