import { type QueueLimit, queueLimitOf } from '../../system/process-files.ts';
import { randomHex } from '../../system/random-hex.ts';

/** What tells the processes of one run from all others. */
export interface Marker {
  /** 32 hexadecimal digits that nobody can guess. */
  readonly id: string;
  /** The variable to start claude with: what it starts inherits it. */
  readonly variable: readonly [name: string, value: string];
  /**
   * A pair of limits that no other process has, for those that were started with a clean environment. Null where the
   * system knows no such limit or leaves too little of it.
   */
  readonly limit: QueueLimit | null;
}

/** The variable that holds the ids of the runs a process is part of, outermost first, separated by commas. */
export const MARKER_NAME = 'SLUICE_RUN';

/**
 * How far each of the two limits may be lowered, in bytes: 2^30 pairs. The usual 819,200 bytes leave room for two
 * dozen runs one inside the other; few programs use these queues at all.
 */
const LOWERED_BY = 2 ** 15;

/** Makes the marker of a new run; the environment tells which runs it is part of itself. */
export function createMarker(env: Readonly<Record<string, string | undefined>>): Marker {
  const id = randomHex(16);
  const outer = env[MARKER_NAME];
  return {
    id,
    variable: [MARKER_NAME, outer === undefined || outer === '' ? id : `${outer},${id}`],
    limit: drawLimit(queueLimitOf('self')),
  };
}

/** Both are lower than the current one, which needs no privilege and can't be the pair of a run around this one. */
function drawLimit(current: QueueLimit | null): QueueLimit | null {
  if (current === null || current.hard < 3 * LOWERED_BY) return null;
  const hard = current.hard - drawStep();
  return { hard, soft: hard - drawStep() };
}

/** From 1 to `LOWERED_BY`, which divides what two bytes can be. */
function drawStep(): number {
  return 1 + (Number.parseInt(randomHex(2), 16) % LOWERED_BY);
}
