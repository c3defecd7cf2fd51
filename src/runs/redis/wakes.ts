import type { Redis } from 'ioredis';

/** Tells that something is new. A word may be lost: who waits looks now and then all the same. */
export interface Wakes {
  /** Calls back whenever there is a word in a channel; settles with what ends that once it is listened to, or can't be now. */
  on(channel: string, listener: () => void): Promise<() => void>;
  close(): void;
}

/** @param subscriber a connection for nothing else, which is not connected yet. @throws the connection's error */
export async function openWakes(subscriber: Redis): Promise<Wakes> {
  const listeners = new Map<string, Set<() => void>>();
  // Without a listener, an error would end the process. It connects again by itself.
  subscriber.on('error', () => {});
  subscriber.on('message', (channel: string) => {
    for (const listener of listeners.get(channel) ?? []) listener();
  });
  // What was said while it was away was not heard.
  subscriber.on('ready', () => {
    for (const each of listeners.values()) for (const listener of each) listener();
  });

  await subscriber.connect();
  return {
    async on(channel, listener) {
      const known = listeners.get(channel);
      const own = known ?? new Set();
      own.add(listener);
      listeners.set(channel, own);
      // It is subscribed to again with each connection.
      if (known === undefined && subscriber.status === 'ready') await subscriber.subscribe(channel).catch(() => {});
      else if (known === undefined) void subscriber.subscribe(channel).catch(() => {});
      return () => {
        own.delete(listener);
        if (own.size > 0 || listeners.get(channel) !== own) return;
        listeners.delete(channel);
        void subscriber.unsubscribe(channel).catch(() => {});
      };
    },
    close: () => subscriber.disconnect(),
  };
}
