import type { Released } from '../secrets/carry.ts';
import type { Redactor } from '../secrets/redactor.ts';

/** Makes what is printed of released text, piece by piece, so that none of it is kept. */
export interface Printer {
  /** Told of an input that begins after `at` UTF-16 units of all text, before any of it is released. */
  begin(file: string | null, at: number): void;
  /** What to write now; often nothing. */
  print(released: Released): Uint8Array;
  /**
   * What to write at last.
   * @param partial whether something was not read, or not to its end, or not looked into
   */
  end(totals: Redactor['totals'], partial: boolean): Uint8Array;
}
