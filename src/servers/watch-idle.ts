import type { ActiveQuery } from './active-query.ts';
import type { Observer } from './observer.ts';

/** Tells when nothing waits or runs. */
export interface IdleWatch {
  readonly observer: Observer;
  /** Settles at once, or when the last of what is active has ended. */
  idle(active: () => readonly ActiveQuery[]): Promise<void>;
}

export function watchIdle(): IdleWatch {
  const waiting = new Set<() => void>();
  return {
    observer: {
      ended() {
        for (const look of waiting) look();
      },
    },
    idle: (active) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (active().length > 0) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}
