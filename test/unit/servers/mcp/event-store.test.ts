import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import { expect, it } from 'vitest';
import { createEventStore } from '../../../../src/servers/mcp/transport/event-store.ts';

it('gives who comes back what came after, of that stream alone', async () => {
  const store = createEventStore(10_000);
  const first = await store.storeEvent('one', message(1));
  await store.storeEvent('other', message(2));
  await store.storeEvent('one', message(3));
  expect(await store.getStreamIdForEventId?.(first)).toBe('one');
  expect(await replay(store, first)).toEqual([3]);
});

it('forgets the oldest, and still gives the rest of it to who had not seen them', async () => {
  const store = createEventStore(250);
  const first = await store.storeEvent('one', message(1));
  for (let at = 2; at <= 20; at++) await store.storeEvent('one', message(at));
  const replayed = await replay(store, first);
  expect(replayed.at(-1)).toBe(20);
  expect(replayed.length).toBeLessThan(19);
});

it('knows no stream by an id that is none of its own, nor one that is over', async () => {
  const store = createEventStore(10_000);
  const id = await store.storeEvent('one', message(1));
  store.retire('one');
  expect(await store.getStreamIdForEventId?.(id)).toBeUndefined();
  expect(await store.getStreamIdForEventId?.('nonsense')).toBeUndefined();
});

function message(at: number): JSONRPCMessage {
  return { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 1, progress: at } };
}

async function replay(store: ReturnType<typeof createEventStore>, id: string): Promise<unknown[]> {
  const seen: unknown[] = [];
  await store.replayEventsAfter(id, {
    send: async (_, sent) => void seen.push('params' in sent ? sent.params?.['progress'] : sent),
  });
  return seen;
}
