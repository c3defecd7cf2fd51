import { INTERRUPT_EXIT_CODES, type InterruptReason } from '../outcome/classes.ts';
import type { Io } from './io.ts';
import { waitForLastByte } from './output/wait-for-reader.ts';

/**
 * Carries out a command that a signal ends: then the exit code is the signal's. What it says on stderr is seen out.
 * @param act gives the exit code; its signal comes when it is to end
 */
export async function untilSignal(
  { onSignal, stderr }: Pick<Io, 'onSignal' | 'stderr'>,
  act: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const stop = new AbortController();
  let first: InterruptReason | null = null;
  onSignal((signal) => {
    first ??= signal;
    stop.abort();
  });
  try {
    const code = await act(stop.signal);
    return first === null ? code : INTERRUPT_EXIT_CODES[first];
  } finally {
    await waitForLastByte(stderr.flush(), stop.signal).catch(() => {});
  }
}
