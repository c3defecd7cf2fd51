import type { Redis } from 'ioredis';

/** Messages that something is new. One may get lost, so whoever waits for it also looks from time to time. */
export interface Wakes {
  /** Calls back with each message of a channel. Settles with what ends that, once Redis has subscribed us or can't do so now. */
  on(channel: string, listener: () => void): Promise<() => void>;
  close(): void;
}

/** A channel that is listened to. */
export interface Listening {
  /** Settles with the first message from now on. */
  next(): Promise<void>;
  end(): void;
}

/** Listens to a channel, for a loop that looks at something again once it is new. */
export async function listenTo(wakes: Wakes, channel: string): Promise<Listening> {
  let wake = (): void => {};
  const end = await wakes.on(channel, () => wake());
  return { next: () => new Promise((resolve) => (wake = resolve)), end };
}

/** @param subscriber a connection for nothing else, which is not connected yet. @throws the connection's error */
export async function openWakes(subscriber: Redis): Promise<Wakes> {
  const listeners = new Map<string, Set<() => void>>();
  // Without a listener, an error would end the process. It connects again by itself.
  subscriber.on('error', () => {});
  subscriber.on('message', (channel: string) => {
    for (const listener of listeners.get(channel) ?? []) listener();
  });
  // Messages that came while there was no connection are lost.
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
