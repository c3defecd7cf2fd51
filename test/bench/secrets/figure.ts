import type { Target } from '../figure.ts';

/** One figure of ours, with those of the peers where they were measured too. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: '' | '%' | 'ms' | 'MB/s' | 'x';
  /** The same by CPU time, of this process, where the clock may have been another's fault. */
  readonly byCpu?: number;
  /** The bound that ours is to keep, where there is one. */
  readonly target?: Target | undefined;
  /** By the scanner's name. */
  readonly peers?: Readonly<Record<string, number>>;
}

/** Figures that belong together. */
export interface Section {
  readonly title: string;
  readonly figures: readonly Figure[];
}
