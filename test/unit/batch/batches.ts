import { join } from 'node:path';
import { type BatchInput, carryOut, type Conclusion, type Plan } from '../../../src/batch/batch.ts';
import type { Carrier, ItemWatch } from '../../../src/batch/carrier.ts';
import { createGovernor } from '../../../src/batch/governor.ts';
import type { BadRow, Item } from '../../../src/batch/item.ts';
import { keepTally, type Tally } from '../../../src/batch/progress/tally.ts';
import { openStore } from '../../../src/batch/store.ts';
import type { Bundle } from '../../../src/outcome/bundle.ts';
import { EXIT_CODES, type OutcomeClass, RETRYABLE } from '../../../src/outcome/classes.ts';
import { collectBundle } from '../../../src/sinks/formats/bundle.ts';
import { success } from '../sinks/endings.ts';

/** An item that asks for its own name. */
export function item(id: string, fields: Partial<Item> = {}): Item {
  return {
    where: `items:${id}`,
    number: 1,
    share: null,
    id,
    request: { prompt: id },
    own: [],
    fingerprint: id,
    ...fields,
  };
}

/** What a run came to that ended so. */
export function ended(as: OutcomeClass = 'success', fields: Partial<Bundle['outcome']> = {}): Bundle {
  const bundle = collectBundle().bundle(success());
  const outcome = {
    class: as,
    exitCode: EXIT_CODES[as],
    retryable: RETRYABLE.has(as),
    message: `${as} it was`,
    ...fields,
  };
  return { ...bundle, totalCostUsd: 0.01, outcome: { ...bundle.outcome, ...outcome } };
}

/** What somebody does who carries out an item. */
export type Work = (item: Item, watch: ItemWatch, signal: AbortSignal) => Bundle | Promise<Bundle>;

const PLAN: Plan = {
  again: { failed: false, uncertain: false },
  limit: Number.POSITIVE_INFINITY,
  tries: 2,
  budgetUsd: Number.POSITIVE_INFINITY,
};

/** How a batch is to be carried out, where that is not as usual. */
export interface Settings extends Partial<Pick<BatchInput, 'governor' | 'drain' | 'stop'>> {
  readonly plan?: Partial<Plan>;
  readonly out?: string;
  readonly atOnce?: number;
  /** What whoever carries items out is told besides. */
  readonly carrier?: Pick<Carrier, 'ahead' | 'foresee' | 'settled'>;
}

/** What came of a batch: how it ended, what was counted, and the ids in its output. */
export interface Outcome {
  readonly conclusion: Conclusion;
  readonly tally: Tally;
  readonly done: readonly string[];
}

/** Carries out a batch in a folder. */
export async function batchIn(
  folder: string,
  rows: readonly (Item | BadRow)[],
  work: Work,
  { plan = {}, out = 'out.jsonl', atOnce = 2, carrier: told = {}, ...rest }: Settings = {},
): Promise<Outcome> {
  const store = await openStore(join(folder, out), 'items');
  const { observer, tally } = keepTally(() => performance.now());
  const carrier: Carrier = { ...told, carry: async (...asked) => work(...asked), close: async () => {} };
  try {
    const conclusion = await carryOut({
      rows: (async function* () {
        yield* rows;
      })(),
      ...store,
      carrier,
      observer,
      governor: createGovernor(atOnce),
      drain: new AbortController().signal,
      stop: new AbortController().signal,
      ...rest,
      plan: { ...PLAN, ...plan },
    });
    await store.settle(tally.letters);
    return { conclusion, tally, done: [...store.results.read(store.counts)].map(({ id }) => id) };
  } finally {
    await store.close();
  }
}
