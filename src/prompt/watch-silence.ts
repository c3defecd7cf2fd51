import type { Readable } from 'node:stream';

/** After how long the wait for a first byte is told: a producer may take its time. */
export const TOLD_AFTER_MS = 30_000;

/** Calls back when a stream has given nothing for so long, in milliseconds; returns what ends the watch. */
export function watchSilence(stream: Readable, limit: number, onSilence: () => void): () => void {
  const timer = setTimeout(onSilence, limit);
  const end = (): void => {
    clearTimeout(timer);
    stream.off('data', end);
  };
  stream.once('data', end);
  return end;
}
