import { setTimeout } from 'node:timers/promises';

/** How long a reader that stalls may keep the process from exiting once it was told to. */
const GRACE_MS = 2_000;

/** Settles as `written` does, or when `signal` comes. */
export async function waitForReader(written: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  let stop = (): void => {};
  // A promise of its own for each wait: one for all would keep every piece in memory.
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.race([written, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/**
 * Sees the last byte out: settles as `written` does, or a moment after `signal`, whether it came before or meanwhile.
 * @returns whether everything was written
 */
export async function waitForLastByte(written: Promise<void>, signal: AbortSignal): Promise<boolean> {
  await waitForReader(written, signal);
  const all = written.then(() => true);
  return signal.aborted ? Promise.race([all, setTimeout(GRACE_MS, false, { ref: false })]) : all;
}
