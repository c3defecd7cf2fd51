import { setTimeout as sleep } from 'node:timers/promises';
import { asSluiceError, messageOf, type SluiceError } from '../errors.ts';
import type { RunEvent } from '../messages/types.ts';
import { isUnknown } from '../messages/types.ts';
import type { Report } from '../outcome/report-schema.ts';
import type { Carrier } from './carrier.ts';
import { type Again, decide } from './decide.ts';
import type { Governor } from './governor.ts';
import { type BadRow, isItem, type Item } from './item.ts';
import { createDistinct } from './items/distinct.ts';
import type { Journal } from './journal/journal.ts';
import type { Observer } from './observer.ts';
import type { Results } from './outputs/results.ts';
import { readAhead } from './read-ahead.ts';
import { createUnderWay } from './under-way.ts';
import { judge } from './verdict.ts';

/** A batch and all that it needs. */
export interface BatchInput {
  /** Read as they are needed. */
  readonly rows: AsyncIterable<Item | BadRow>;
  readonly journal: Journal;
  readonly results: Results;
  readonly carrier: Carrier;
  readonly governor: Governor;
  readonly observer: Observer;
  readonly plan: Plan;
  /** From then on no item begins; what runs goes on. */
  readonly drain: AbortSignal;
  /** Ends what runs, too. */
  readonly stop: AbortSignal;
}

/** What of a batch is to be done. */
export interface Plan {
  readonly again: Again;
  /** How many items are run at most. */
  readonly limit: number;
  /** How often an item is run that fails for the moment. */
  readonly tries: number;
  /** Dollars that all runs of the batch may cost, those of earlier starts included. */
  readonly budgetUsd: number;
}

/** Why a batch ended before its last item, or null. */
export interface Conclusion {
  /** How a run ended that no other would end better. */
  readonly hopeless: Report['outcome'] | null;
  /** What could not be read or written. */
  readonly fault: SluiceError | null;
  readonly isOverBudget: boolean;
}

/**
 * Carries out the items of a batch, so many at once as the API lets through. Each ends in one state, which is in the journal
 * before anything else is made of it; a result is in the output before the journal says so. Never rejects.
 */
export async function carryOut(input: BatchInput): Promise<Conclusion> {
  const { journal, results, carrier, governor, observer, plan, drain, stop } = input;
  const waiting: Attempt[] = [];
  const running = createUnderWay();
  const ending = new AbortController();
  let hopeless: Report['outcome'] | null = null;
  let fault: SluiceError | null = null;
  let isOverBudget = false;
  let spentUsd = journal.knowledge.costUsd;

  const over = AbortSignal.any([ending.signal, drain, stop]);
  const isOver = (): boolean => over.aborted;
  const items = readAhead(due(), Math.max(1, carrier.ahead ?? 0), over);
  carrier.foresee?.(() => items.coming() + waiting.length);

  function fail(error: unknown): void {
    fault ??= asSluiceError(error);
    ending.abort();
  }

  /** Ends the batch, since what an item did can't be brought back, or what became of it can't be written down. */
  function giveUp(item: Item, error: unknown): void {
    fail(error);
    const known = journal.knowledge.items.get(item) ?? null;
    observer.left(
      item,
      known?.state ?? 'open',
      known ?? { state: 'open', message: messageOf(error), isAnswered: false },
    );
  }

  /** Of an item whose end is in the journal: whatever becomes of the batch, that end counts. */
  async function letGo(item: Item): Promise<void> {
    try {
      await carrier.settled?.(item);
    } catch (error) {
      fail(error);
    }
  }

  /** The items that are to be run, up to the limit. */
  async function* due(): AsyncGenerator<Item, void, undefined> {
    const distinct = createDistinct();
    let left = plan.limit;
    if (left > 0)
      for await (const row of input.rows) {
        const item = distinct(row);
        if (isOver()) return;
        if (!isItem(item)) {
          observer.bad(item);
          continue;
        }
        const decision = decide(item, journal.knowledge.items.get(item), results, plan.again);
        if (decision.next === 'run') {
          yield item;
          if (--left === 0) return;
        } else if (decision.as === 'recovered') {
          await recover(item);
          observer.left(item, 'done', null);
        } else {
          observer.left(item, decision.as, 'known' in decision ? decision.known : null);
        }
      }
  }

  /** The next that is to be run; null where there is none left. */
  async function next(): Promise<Attempt | null> {
    const again = waiting.shift();
    if (again !== undefined) return again;
    const item = await items.next();
    return item === null ? null : { item, tries: plan.tries };
  }

  /** Its result is there, and we were killed before the journal said so. */
  function recover({ id, fingerprint }: Item): Promise<void> {
    return journal.ended({ id, fingerprint, state: 'done', class: 'success', costUsd: 0 });
  }

  async function perform({ item, tries }: Attempt): Promise<void> {
    const { id, fingerprint } = item;
    let tool: string | null = null;
    observer.begun(item);
    const bundle = await carrier.carry(
      item,
      {
        async writing(name) {
          if (tool !== null) return;
          await journal.writing(item, name);
          tool = name;
        },
        used(name) {
          tool ??= name;
        },
        see(event) {
          heed(event);
          observer.saw(item, event);
        },
      },
      stop,
    );
    const costUsd = bundle.totalCostUsd ?? 0;
    spentUsd += costUsd;
    const verdict = judge({ report: bundle, tool, own: item.own, triesLeft: tries - 1 });
    if (verdict.next === 'again') {
      if (verdict.pauseMs > 0) governor.pause(performance.now() + verdict.pauseMs);
      else governor.slow(performance.now());
      // What it cost counts, however often it is run and whatever ends us before it is run again.
      const { class: own, message } = bundle.outcome;
      await journal.ended({ id, fingerprint, state: 'open', class: own, message, costUsd });
      await letGo(item);
      observer.ended(item, bundle, null, undefined);
      waiting.push({ item, tries: verdict.spends ? tries - 1 : tries });
      return;
    }
    const { state, message, isHopeless } = verdict;
    const end = state === 'done' ? await results.add(item, bundle) : undefined;
    await journal.ended({
      id,
      fingerprint,
      state,
      class: bundle.outcome.class,
      ...(message === undefined ? {} : { message }),
      ...(tool === null ? {} : { tool }),
      costUsd,
      ...(end === undefined ? {} : { end }),
    });
    await letGo(item);
    if (state === 'done') governor.succeed();
    observer.ended(item, bundle, state, message);
    if (!isHopeless) return;
    hopeless ??= bundle.outcome;
    ending.abort();
  }

  /** The API turned a request away for the moment: claude tries it again by itself, and meanwhile all take it easy. */
  function heed({ message }: RunEvent): void {
    if (isUnknown(message)) return;
    if (message.type === 'system' && message.subtype === 'api_retry') {
      if (message.error_status === 429 || message.error_status === 529) governor.slow(performance.now());
    }
    if (message.type !== 'sluice' || message.retry === undefined) return;
    const { error, delayMs } = message.retry;
    if (error === 'rate_limited' || error === 'overloaded') governor.slow(performance.now());
    // A limit that has to reset is everybody's.
    if (error === 'limit_reset') governor.pause(performance.now() + delayMs);
  }

  /** Settles when one more may begin; false where none is to. */
  async function hasTurn(): Promise<boolean> {
    while (!isOver()) {
      if (spentUsd >= plan.budgetUsd) {
        isOverBudget = true;
        return false;
      }
      const now = performance.now();
      if (governor.hasRoom(running.size, now)) return true;
      const pausedMs = governor.pausedUntil - now;
      observer.paced(governor.limit, Math.max(0, pausedMs));
      if (pausedMs > 0) await sleep(Math.min(pausedMs, LOOK_MS), undefined, { signal: over }).catch(() => {});
      else await running.next();
    }
    return false;
  }

  try {
    while (await hasTurn()) {
      const attempt = await next();
      if (attempt === null) {
        // What ended meanwhile may be run again.
        if (waiting.length > 0) continue;
        if (running.size === 0) break;
        await running.next();
        continue;
      }
      running.add(perform(attempt).catch((error: unknown) => giveUp(attempt.item, error)));
    }
  } catch (error) {
    fail(error);
  }
  while (running.size > 0) await running.next();
  for (const { item } of waiting) observer.left(item, 'open', journal.knowledge.items.get(item) ?? null);
  items.close();
  return { hopeless, fault, isOverBudget };
}

interface Attempt {
  readonly item: Item;
  /** How often it may be run, this time included. */
  readonly tries: number;
}

/** Milliseconds between two looks while none may begin: a pause may become longer. */
const LOOK_MS = 1_000;
