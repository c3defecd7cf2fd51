import { setTimeout } from 'node:timers/promises';
import type { FlushingTerminal } from './io.ts';

/** How long a reader that stalls may keep the process from exiting once it was told to. */
export const GRACE_MS = 2_000;

/** Writes bytes at the pace of whoever reads them. */
export interface Pourer {
  /**
   * Writes the next piece. Settles as soon as another one may be made, which is while this one is on its way.
   * Rejects with the system's error when an earlier piece could not be written.
   */
  pour(bytes: Uint8Array): Promise<void>;
  /** Settles when everything has left the process. */
  end(): Promise<void>;
}

/**
 * Starts to write to stdout.
 * @param signal ends the wait for a reader that stalls: at once between pieces, after a moment at the end
 */
export function createPourer(stdout: FlushingTerminal, signal: AbortSignal): Pourer {
  let written = Promise.resolve();
  // Set anew for each wait: a race with one promise for all would keep every piece in memory.
  let giveUp = (): void => {};
  signal.addEventListener('abort', () => giveUp());
  return {
    async pour(bytes) {
      if (bytes.length === 0) return;
      if (!signal.aborted) await Promise.race([written, new Promise<void>((resolve) => (giveUp = resolve))]);
      written = stdout.pour(bytes);
      // Whoever waits for it, next time or at the end, learns of a failure.
      written.catch(() => {});
    },
    end: () => (signal.aborted ? Promise.race([written, setTimeout(GRACE_MS, undefined, { ref: false })]) : written),
  };
}
