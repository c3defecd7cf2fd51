import { RETRYABLE } from '../outcome/classes.ts';
import type { Item } from './item.ts';
import type { Known } from './journal/known.ts';
import type { Results } from './outputs/results.ts';

/** Which items are run again that earlier starts of the batch left behind. */
export interface Again {
  readonly failed: boolean;
  readonly uncertain: boolean;
}

/** What is to be done about an item: run it, or leave it as it is. `recovered`: it is done, and the journal does not know. */
export type Decision =
  | { readonly next: 'run' }
  | { readonly next: 'leave'; readonly as: 'done' | 'recovered' }
  | { readonly next: 'leave'; readonly as: 'failed' | 'uncertain'; readonly known: Known };

/**
 * An item is done if it has a result for exactly what its answer depends on now. What becomes of any other depends on how its
 * last run ended.
 * @param known what the journal says of the item as it is now
 */
export function decide(
  item: Pick<Item, 'id' | 'fingerprint'>,
  known: Known | undefined,
  results: Pick<Results, 'keeps'>,
  again: Again,
): Decision {
  const isKnown = known?.state === 'done';
  if (results.keeps(item, isKnown)) return { next: 'leave', as: isKnown ? 'done' : 'recovered' };
  if (known === undefined) return { next: 'run' };
  switch (known.state) {
    case 'open':
      return { next: 'run' };
    case 'failed': {
      const isWorthIt = known.class !== undefined && RETRYABLE.has(known.class);
      return again.failed || isWorthIt ? { next: 'run' } : { next: 'leave', as: 'failed', known };
    }
    case 'uncertain':
      return again.uncertain ? { next: 'run' } : { next: 'leave', as: 'uncertain', known };
    case 'done': {
      // Its result was removed from the output, but what it changed stays changed.
      if (known.tool === undefined || again.uncertain) return { next: 'run' };
      const message = `its result is gone from the output, and it had used ${known.tool}`;
      return { next: 'leave', as: 'uncertain', known: { ...known, message } };
    }
    default:
      return known.state satisfies never;
  }
}
