import type { Readable, Writable } from 'node:stream';
import {
  isJSONRPCRequest,
  type JSONRPCMessage,
  parseJSONRPCMessage,
  ProtocolErrorCode,
  type RequestId,
  type Transport,
} from '@modelcontextprotocol/server';
import { drained } from '../../drained.ts';
import { tidyMessage } from '../incoming/tidy-message.ts';
import { ID_IN_USE, trackCalls } from './calls.ts';

/** Bytes of one message: more than the longest prompt, whose quotes are escaped. */
const MAX_LINE = 32 * 1024 * 1024;

/** Bytes of answers that wait for a client which asks on, before it is read no further. */
const MAX_BACKLOG = 4 * 1024 * 1024;

const LF = 0x0a;

/**
 * A client at the other end of two pipes, a message a line. It is gone when its pipe ends, or takes no more. Lines that are no
 * message, and calls with the id of one that is under way, are answered with an error; lines that are too long are skipped:
 * what comes after them is read.
 */
export function pipeTransport(input: Readable, output: Writable): Transport {
  let isClosed = false;
  const calls = trackCalls();
  const transport: Transport = {
    async start() {
      output.on('error', fail);
      input.on('error', fail);
      void read();
    },
    async send(message) {
      if (isClosed) return;
      calls.tell(message);
      await put(`${JSON.stringify(message)}\n`);
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      input.destroy();
      transport.onclose?.();
    },
  };

  function fail(error: Error): void {
    if (isClosed) return;
    transport.onerror?.(error);
    void transport.close();
  }

  async function read(): Promise<void> {
    try {
      for await (const line of linesOf(input)) {
        take(line);
        if (output.writableLength > MAX_BACKLOG) await drained(output);
      }
    } catch {
      // The streams have told of it.
    }
    await transport.close();
  }

  function take(line: string | null): void {
    if (isClosed || line === '') return;
    const { message, id } = line === null ? NOT_JSON : parse(line);
    if (message === undefined) return id === undefined ? reject(null, NO_JSON) : reject(id, NO_MESSAGE);
    // Not under its id: that would answer the one before it.
    if (isJSONRPCRequest(message) && calls.ids.has(message.id)) return reject(null, IN_USE);
    calls.hear(message);
    transport.onmessage?.(message);
  }

  function reject(id: RequestId | null, error: RpcError): void {
    void put(`${JSON.stringify({ jsonrpc: '2.0', id, error })}\n`);
  }

  /** Settles when there is room for more, or the reader is gone. */
  async function put(text: string): Promise<void> {
    if (output.destroyed) return;
    output.write(text);
    await drained(output);
  }

  return transport;
}

interface RpcError {
  readonly code: number;
  readonly message: string;
}

const NO_JSON: RpcError = {
  code: ProtocolErrorCode.ParseError,
  message: 'Parse error: not a line of JSON of at most 32 MiB',
};
const NO_MESSAGE: RpcError = {
  code: ProtocolErrorCode.InvalidRequest,
  message: 'Invalid Request: not a JSON-RPC message',
};
const IN_USE: RpcError = { code: ProtocolErrorCode.InvalidRequest, message: `Invalid Request: ${ID_IN_USE}` };

/** What a line was: a message; or only JSON, with the id that whoever sent it waits for, if there is one; or neither. */
interface InputLine {
  readonly message?: JSONRPCMessage;
  readonly id?: RequestId | null;
}

const NOT_JSON: InputLine = {};

function parse(line: string): InputLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return NOT_JSON;
  }
  try {
    return { message: parseJSONRPCMessage(tidyMessage(value)) };
  } catch {
    const { id }: { readonly id?: unknown } = typeof value === 'object' && value !== null ? value : {};
    return { id: typeof id === 'string' || typeof id === 'number' ? id : null };
  }
}

/** Lines without their ends; null for one that is too long. */
async function* linesOf(input: Readable): AsyncGenerator<string | null> {
  let held: Buffer[] = [];
  let length = 0;
  let isOverlong = false;
  for await (const chunk of input) {
    let rest: Buffer = Buffer.from(chunk);
    for (let end = rest.indexOf(LF); end !== -1; end = rest.indexOf(LF)) {
      held.push(rest.subarray(0, end));
      yield isOverlong ? null : Buffer.concat(held).toString('utf8').trimEnd();
      held = [];
      length = 0;
      isOverlong = false;
      rest = rest.subarray(end + 1);
    }
    length += rest.length;
    isOverlong ||= length > MAX_LINE;
    if (isOverlong) held = [];
    else held.push(rest);
  }
}
