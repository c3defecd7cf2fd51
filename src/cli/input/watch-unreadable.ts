import { reasonOf } from '../../errors.ts';
import type { Input } from '../../filter/filter-text.ts';

/** Tells of inputs that can't be read, and knows whether there was one. */
export interface UnreadableWatch {
  /** Whether every input was read. */
  readonly isWhole: boolean;
  onUnreadable(input: Input, error: unknown): void;
}

export function watchUnreadable(say: (text: string) => void): UnreadableWatch {
  let isWhole = true;
  return {
    get isWhole() {
      return isWhole;
    },
    onUnreadable({ name }, error) {
      isWhole = false;
      say(`usage: ${name ?? 'stdin'} cannot be read: ${reasonOf(error)}`);
    },
  };
}
