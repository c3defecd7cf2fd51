import type { Observer } from '../observer.ts';

/** One observer that stands for all of them. What one throws is its own affair: the others are told all the same. */
export function allOf(observers: readonly Observer[]): Required<Observer> {
  return passingOn((one) => {
    for (const observer of observers) quietly(() => one(observer));
  });
}

/** An observer that passes on all that it is told. @param tell is given each, as what is to be done with an observer */
export function passingOn(tell: (one: (observer: Observer) => void) => void): Required<Observer> {
  return {
    queued: (query) => tell((observer) => observer.queued?.(query)),
    started: (query) => tell((observer) => observer.started?.(query)),
    message: (query, event) => tell((observer) => observer.message?.(query, event)),
    ended: (query, end) => tell((observer) => observer.ended(query, end)),
    calledBack: (query, result) => tell((observer) => observer.calledBack?.(query, result)),
  };
}

/** Calls an observer; what it throws is caught, so that it cannot fail the query. */
export function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // An observer that wants to know of its failure catches it itself.
  }
}
