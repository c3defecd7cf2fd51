import type { Writable } from 'node:stream';

/** Settles when all that was written is sent, or the connection is closed; undefined when there is nothing to wait for. */
export function drained(stream: Writable): Promise<void> | undefined {
  if (stream.destroyed || !stream.writableNeedDrain) return undefined;
  return new Promise((resolve) => {
    const settle = (): void => {
      stream.off('drain', settle);
      stream.off('close', settle);
      resolve();
    };
    stream.on('drain', settle);
    stream.on('close', settle);
  });
}
