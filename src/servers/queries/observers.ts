import type { Witness } from '../observer.ts';

/** One witness that stands for all of them. What one throws is its own affair: the others are told all the same. */
export function allOf(witnesses: readonly Witness[]): Required<Witness> {
  function tell(one: (witness: Witness) => void): void {
    for (const witness of witnesses) quietly(() => one(witness));
  }
  return {
    queued: (query) => tell((witness) => witness.queued?.(query)),
    started: (query) => tell((witness) => witness.started?.(query)),
    message: (query, event) => tell((witness) => witness.message?.(query, event)),
    ended: (query, end) => tell((witness) => witness.ended(query, end)),
  };
}

/** Does what somebody else wants done, who must not hurt us. */
export function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // Whoever wants to know of it catches it there.
  }
}
