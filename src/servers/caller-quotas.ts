import { overridden, parseQuota, type Quota, showQuota } from '../quotas/quota.ts';
import { describeExceeded } from '../quotas/describe-exceeded.ts';
import type { Exceeded } from '../quotas/exceeded.ts';
import { type Booking, isBooked, type Ledger } from '../quotas/ledger.ts';
import type { Query } from './observer.ts';
import { Refusal } from './refusal.ts';

/** What callers may use. */
export interface CallerQuotas {
  /**
   * Books a query that is about to wait for its turn; null where its caller may use any amount.
   * @throws Refusal `rate_limited` that says which quota stands in the way, and until when; `unavailable` where no account
   * can be kept
   */
  book(query: Pick<Query, 'runId' | 'caller'>, expected: Expected): Promise<Booking | null>;
}

export interface Expected {
  /** Dollars that its run may cost, where that is known. */
  readonly maxUsd: number | undefined;
  /** In how many seconds a run of the server's is likely to end. */
  readonly nextEnd: number;
}

export interface CallerQuotasInput {
  readonly ledger: Ledger;
  /** For each caller; a caller's own go before these, kind by kind. */
  readonly quotas: readonly Quota[];
  /** Told why no account can be kept. */
  readonly onFault: (error: unknown) => void;
}

/** What is said of a refusal for its quota, in `details.reason`. */
const REASON = 'quota';

export function createCallerQuotas({ ledger, quotas, onFault }: CallerQuotasInput): CallerQuotas {
  async function booked(query: Pick<Query, 'runId' | 'caller'>, own: readonly Quota[], maxUsd: number | undefined) {
    try {
      return await ledger.book({ id: query.runId, account: query.caller.subject, quotas: own, maxUsd });
    } catch (error) {
      onFault(error);
      throw new Refusal('unavailable', 'the server cannot look up now what you may use; its log says why', {
        reason: REASON,
      });
    }
  }

  return {
    async book(query, { maxUsd, nextEnd }) {
      const own = overridden(quotas, query.caller.quotas ?? []);
      if (own.length === 0) return null;
      const result = await booked(query, own, maxUsd);
      if (isBooked(result)) return result;
      throw refusalOf(result, ledger.calendar.show, nextEnd);
    },
  };
}

/** The kind of quota that something was refused for, as in `usd/day`; null: it was for something else. */
export function quotaKindOf({ errorCode, details: { reason, quota } }: Refusal): string | null {
  if (errorCode !== 'rate_limited' || reason !== REASON || typeof quota !== 'string') return null;
  const { unit, per } = parseQuota(quota);
  return per === null ? unit : `${unit}/${per}`;
}

function refusalOf(exceeded: Exceeded, show: (time: number) => string, nextEnd: number): Refusal {
  const { quota, used, reserved, wanted, resetsAt } = exceeded;
  const message = [`your quota is ${showQuota(quota)}: ${describeExceeded(exceeded)}`, adviceOf(exceeded, show)].join(
    '; ',
  );
  return new Refusal('rate_limited', message, {
    reason: REASON,
    quota: showQuota(quota),
    used,
    reserved,
    wanted,
    resetsAt: resetsAt === null ? null : show(resetsAt),
    // What is more than all of it will never do.
    ...(wanted > quota.amount ? {} : { retryAfter: resetsAt === null ? nextEnd : secondsUntil(resetsAt) }),
  });
}

function adviceOf({ quota, used, wanted, resetsAt }: Exceeded, show: (time: number) => string): string {
  const isForLess = quota.unit === 'usd' && wanted > 0 && used < quota.amount;
  const less = isForLess ? 'ask with a lower maxBudgetUsd, or ' : '';
  if (wanted > quota.amount) return 'ask with a lower maxBudgetUsd';
  if (resetsAt === null) return `${less}ask again when one of those under way has ended`;
  return less === '' ? `it resets at ${show(resetsAt)}` : `${less}again when it resets, at ${show(resetsAt)}`;
}

function secondsUntil(time: number): number {
  return Math.max(1, Math.ceil((time - Date.now()) / 1_000));
}
