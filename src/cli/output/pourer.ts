import type { FlushingTerminal } from '../terminal/flushing-terminal.ts';
import { within } from '../../system/bounded-wait.ts';
import { waitForLastByte } from './wait-for-reader.ts';

/** Writes bytes at the pace of whoever reads them. */
export interface Pourer {
  /**
   * Writes the next piece. Settles as soon as another one may be made, which is while this one is on its way.
   * Rejects with the system's error when an earlier piece could not be written.
   */
  pour(bytes: Uint8Array): Promise<void>;
  /** Settles when everything has left the process, or was given up; rejects as `pour` does. */
  end(): Promise<void>;
}

/**
 * Starts to write to stdout.
 * @param signal ends the wait for a reader that stalls: at once between pieces, after a moment at the end
 */
export function createPourer(stdout: FlushingTerminal, signal: AbortSignal): Pourer {
  let written = Promise.resolve();
  return {
    async pour(bytes) {
      if (bytes.length === 0) return;
      await within(written, { signal });
      written = stdout.pour(bytes);
      // Whoever waits for it, next time or at the end, learns of a failure.
      written.catch(() => {});
    },
    async end() {
      await waitForLastByte(written, signal);
    },
  };
}
