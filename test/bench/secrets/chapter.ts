import type { Redactor } from '../../../src/secrets/redactor.ts';
import type { Section } from './figure.ts';
import type { Scanner } from './scanners/scanner.ts';
import type { CodeFile } from './texts/code.ts';

/** What is measured, beside what, and with which texts. */
export interface Bench {
  readonly redactor: Redactor;
  /** The redactor as a scanner. */
  readonly sluice: Scanner;
  readonly peers: readonly Scanner[];
  /** What all random texts are drawn from. */
  readonly seed: string;
  /** Cases of a kind. */
  readonly samples: number;
  /** Rounds of what is timed. */
  readonly rounds: number;
  /** A folder of cases written by others. */
  readonly corpus: string | undefined;
  readonly code: readonly CodeFile[];
}

/** One part of the report. */
export interface Chapter {
  readonly sections: readonly Section[];
  /** Tables of more than the figures. */
  readonly details: readonly string[];
  /** Lists of what went wrong, to be printed where they are asked for. */
  readonly misses: readonly string[];
}
