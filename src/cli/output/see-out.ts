import type { Io } from '../io.ts';
import { waitForLastByte } from './wait-for-reader.ts';

/** Sees out what a server has still to say, as far as somebody reads it. */
export async function seeOut({ stdout, stderr }: Pick<Io, 'stdout' | 'stderr'>): Promise<void> {
  const flushed = [stdout, stderr].map((terminal) => waitForLastByte(terminal.flush(), AbortSignal.abort()));
  await Promise.allSettled(flushed);
}
