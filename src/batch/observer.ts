import type { RunEvent } from '../messages/types.ts';
import type { Bundle } from '../outcome/bundle.ts';
import type { BadRow, Item } from './item.ts';
import type { State } from './journal/entry.ts';
import type { Known } from './journal/known.ts';

/** Is told how a batch goes on. Nothing of it may throw. */
export interface Observer {
  /** A row that is no item. */
  bad(row: BadRow): void;
  /** An item that is left as an earlier start of the batch left it, or as its last run did of which `ended` tells nothing. */
  left(item: Item, as: State, known: Known | null): void;
  begun(item: Item): void;
  saw(item: Item, event: RunEvent): void;
  /** A run has ended, and what became of its item; null: it is run again. */
  ended(item: Item, bundle: Bundle, state: State | null, message: string | undefined): void;
  /** How many may run now, and for how many milliseconds none may begin. */
  paced(limit: number, pausedMs: number): void;
}
