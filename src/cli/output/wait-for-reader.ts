import { within } from '../../system/bounded-wait.ts';

/** How long a reader that stalls may keep the process from exiting once it was told to. */
const GRACE_MS = 2_000;

/**
 * Sees the last byte out: settles as `written` does, or a moment after `signal`, whether it came before or meanwhile.
 * @returns whether everything was written
 */
export async function waitForLastByte(written: Promise<void>, signal: AbortSignal): Promise<boolean> {
  const waited = await within(written, { signal });
  return waited.done || (await within(written, { ms: GRACE_MS })).done;
}
