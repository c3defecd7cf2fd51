import type { KeptRun } from './run-entry.ts';

/**
 * A run whose process is dead, which belongs to this one now. `interrupted`: it was under way; it is told of as it is now.
 * `untold`: it had ended, but its program was still to be told.
 */
export interface Orphan {
  readonly kind: 'interrupted' | 'untold';
  readonly run: KeptRun;
}
