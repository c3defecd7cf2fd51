import type { EventStore, JSONRPCMessage } from '@modelcontextprotocol/server';

export interface RetiringEventStore extends EventStore {
  /** Says that a stream is over, without an answer: who comes back for it is refused. */
  retire(stream: string): void;
}

interface Stored {
  readonly id: string;
  readonly stream: string;
  readonly sequence: number;
  readonly message: JSONRPCMessage;
  readonly size: number;
}

/**
 * Remembers what a session was sent, so that a client whose connection broke gets the rest of it: the newest messages of at
 * most `limit` UTF-16 units together. Whoever asks for older ones gets those that are left, the answer among them.
 */
export function createEventStore(limit: number): RetiringEventStore {
  const retired = new Set<string>();
  const events: Stored[] = [];
  let size = 0;
  let sequence = 0;
  return {
    async storeEvent(stream, message) {
      sequence += 1;
      const stored = { id: `${stream}.${sequence}`, stream, sequence, message, size: JSON.stringify(message).length };
      events.push(stored);
      size += stored.size;
      while (size > limit && events.length > 1) size -= events.shift()?.size ?? 0;
      return stored.id;
    },
    async getStreamIdForEventId(id) {
      const stream = place(id)?.stream;
      return stream === undefined || retired.has(stream) ? undefined : stream;
    },
    async replayEventsAfter(id, { send }) {
      const { stream, sequence } = place(id) ?? { stream: id, sequence: Number.POSITIVE_INFINITY };
      const missed = events.filter((event) => event.stream === stream && event.sequence > sequence);
      for (const event of missed) if (!isPriming(event.message)) await send(event.id, event.message);
      return stream;
    },
    retire: (stream) => void retired.add(stream),
  };
}

/** Where an event stands; undefined for what is no id of ours. */
function place(id: string): { stream: string; sequence: number } | undefined {
  const [, stream, sequence] = /^(.+)\.(\d+)$/.exec(id) ?? [];
  return stream === undefined ? undefined : { stream, sequence: Number(sequence) };
}

/** What begins a stream is no message: it only gives the client an id to come back with. */
function isPriming(message: JSONRPCMessage): boolean {
  return !('jsonrpc' in message);
}
