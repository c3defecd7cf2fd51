import type { RunEvent } from '../messages/types.ts';
import type { Bundle } from '../outcome/bundle.ts';
import type { Item } from './item.ts';

/** Whoever carries items out: this process, or workers behind a queue. */
export interface Carrier {
  /** How many items are to be read before it is their turn, so that it can get ready for them; absent: none. */
  readonly ahead?: number;
  /** Is told, before the first item, how to find out how many are still to come at most. */
  foresee?(coming: () => number): void;
  /**
   * Carries an item out. Whatever goes wrong with its run is in the bundle.
   * @param signal ends the run early, as an interruption
   * @throws SluiceError where what it did can't be brought back
   */
  carry(item: Item, watch: ItemWatch, signal: AbortSignal): Promise<Bundle>;
  /** What came of an item is taken down, and it is left as it is or will be carried once more. Absent: nobody has to know. */
  settled?(item: Item): Promise<void>;
  /** Gives back what was acquired for all items. */
  close(): Promise<void>;
}

/** Is told how an item goes on. */
export interface ItemWatch {
  /** Settles once it is known that a tool is about to be used that may write; where it rejects, it must not be used. */
  writing(tool: string): Promise<void>;
  /** A tool was used that may write, of which whoever carried it out has kept note. */
  used(tool: string): void;
  /** Must not throw. */
  see(event: RunEvent): void;
}
