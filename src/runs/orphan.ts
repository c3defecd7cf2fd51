import type { KeptRun } from './run-entry.ts';

/**
 * A run whose process is dead, which belongs to this process now. `interrupted`: it was under way, and has ended with that.
 * `untold`: it had ended, but its callback was still due.
 */
export interface Orphan {
  readonly kind: 'interrupted' | 'untold';
  readonly run: KeptRun;
}
