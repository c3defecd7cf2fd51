import type { Bundle } from '../../outcome/bundle.ts';
import { isRecord } from '../../is-record.ts';
import { parsedJson } from '../../parsed-json.ts';
import type { Item } from '../item.ts';

/** A result as it is read again: all of it is JSON. */
export interface Result extends Bundle {
  readonly id: string;
  readonly fingerprint: string;
}

/** Says whether a result is the one that counts for its item. */
export type Counts = (result: Pick<Result, 'id' | 'fingerprint'>) => boolean;

/** Where the results of a batch go: those of items that are done, and no others. */
export interface Results {
  /**
   * Whether the result of an item is there.
   * @param isKnown whether the journal says so
   */
  keeps(item: Pick<Item, 'id' | 'fingerprint'>, isKnown: boolean): boolean;
  /**
   * Adds a result; settles once it is on the disk, with the bytes of the file where it is one.
   * @throws SluiceError `output_error` where it is not there; nothing of it is then
   */
  add(item: Pick<Item, 'id' | 'fingerprint'>, bundle: Bundle): Promise<number | undefined>;
  /** All that count, in the order in which they came. */
  read(counts: Counts): Generator<Result, void, undefined>;
  /** Leaves out all that do not count. Yields the bytes of the file then, where it is one. */
  settle(counts: Counts): Promise<number | undefined>;
  close(): Promise<void>;
}

/** Reads a result; null for what no batch has written. */
export function resultIn(text: string): Result | null {
  const value = parsedJson(text);
  return isResult(value) ? value : null;
}

function isResult(value: unknown): value is Result {
  return isRecord(value) && typeof value['id'] === 'string' && typeof value['fingerprint'] === 'string';
}
