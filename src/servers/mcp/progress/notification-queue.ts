/** What waits to be told, told in batches that are neither too many nor too large. */
export interface NotificationQueue<Item> {
  /** Takes an item of so many bytes. A promise means: wait for it before the next one, the batch is full. */
  put(item: Item, bytes: number): Promise<void> | undefined;
  /** Has something told soon, items or not. */
  stir(): void;
  /** Tells what is left, unless nothing can be told any more, and then nothing more. */
  flush(): Promise<void>;
  /** Tells nothing more. */
  close(): void;
  /** Items that were dropped, or may not have arrived. */
  dropped(): number;
}

export interface NotificationQueueOptions<Item> {
  /** Tells a batch, an empty one too; nothing more is told once it rejects. */
  readonly send: (items: readonly Item[]) => Promise<void>;
  /** Told why, when `send` rejects. */
  readonly onFailure: (error: unknown) => void;
  /** Milliseconds between the beginnings of two sends, at least; and without any, at most. */
  readonly intervalMs: number;
  readonly heartbeatMs: number;
}

/** Bytes of a batch; one item may be larger. A client that reads lines takes no more than 10 MB in one. */
export const BATCH_BYTES = 1024 * 1024;

/** Holds two batches in memory at most, the one that is being sent and the next one, and an item. */
export function createNotificationQueue<Item>({
  send,
  onFailure,
  intervalMs,
  heartbeatMs,
}: NotificationQueueOptions<Item>): NotificationQueue<Item> {
  let batch: Item[] = [];
  let bytes = 0;
  let dropped = 0;
  let isDue = false;
  let isSending = false;
  let isClosed = false;
  let notBefore = -Infinity;
  let quietSince = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let onRoom = (): void => {};
  let onIdle = (): void => {};

  function schedule(): void {
    clearTimeout(timer);
    if (isClosed || isSending) return;
    const wait = (isDue ? notBefore : quietSince + heartbeatMs) - performance.now();
    if (wait <= 0) void sendBatch();
    else timer = setTimeout(() => void sendBatch(), wait);
  }

  async function sendBatch(): Promise<void> {
    const items = batch;
    batch = [];
    bytes = 0;
    isDue = false;
    isSending = true;
    notBefore = performance.now() + intervalMs;
    onRoom();
    try {
      await send(items);
    } catch (error) {
      if (!isClosed) {
        dropped += items.length;
        close();
        onFailure(error);
      }
    }
    isSending = false;
    quietSince = performance.now();
    onIdle();
    schedule();
  }

  function add(item: Item, size: number): void {
    if (isClosed) {
      dropped++;
      return;
    }
    batch.push(item);
    bytes += size;
    if (isDue) return;
    isDue = true;
    schedule();
  }

  function isBusy(): boolean {
    return !isClosed && (isSending || batch.length > 0);
  }

  function idle(): Promise<void> {
    return new Promise((resolve) => {
      onIdle = resolve;
    });
  }

  function close(): void {
    isClosed = true;
    clearTimeout(timer);
    dropped += batch.length;
    batch = [];
    onRoom();
    onIdle();
  }

  return {
    put(item, size) {
      if (isClosed || batch.length === 0 || bytes + size <= BATCH_BYTES) {
        add(item, size);
        return undefined;
      }
      return new Promise((resolve) => {
        onRoom = () => {
          onRoom = () => {};
          // Within the send that makes room: what comes next must not overtake it.
          add(item, size);
          resolve();
        };
      });
    },
    stir() {
      if (isClosed || isDue) return;
      isDue = true;
      schedule();
    },
    async flush() {
      while (isBusy()) await idle();
      close();
    },
    close,
    dropped: () => dropped,
  };
}
