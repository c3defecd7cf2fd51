import { type Finished, type Invocation, sluice } from './sluice.ts';

/** Seconds until a run is cut, and where claude had not begun by then. */
const SOON = 5;
const LATE = 30;

/**
 * A run that `--timeout` ends once claude has begun to answer, for which a busy machine gets more time.
 * @param hasBegun tells by what came of the run whether claude had begun
 */
export async function cutByTimeout(
  args: readonly string[],
  invocation: Invocation,
  hasBegun: (run: Finished) => boolean,
): Promise<Finished> {
  const run = await sluice([`--timeout=${SOON}s`, ...args], invocation);
  return hasBegun(run) ? run : sluice([`--timeout=${LATE}s`, ...args], invocation);
}
