import type { Quota } from './quota.ts';
import { type Book, type Entry, rounded, sumOf } from './book.ts';
import type { Calendar } from './calendar.ts';

/** A quota that stands in the way of something. */
export interface Exceeded {
  readonly quota: Quota;
  /** How much of it is used, and how much of the rest is set aside for what goes on. */
  readonly used: number;
  readonly reserved: number;
  /** How much would be set aside for this. */
  readonly wanted: number;
  /** When there is some of it again, in milliseconds since 1970; null: as soon as something that goes on ends. */
  readonly resetsAt: number | null;
}

const MINUTE = 60_000;

/** The quotas that stand in the way of an entry, that which is longest in the way first. */
export function exceededBy(
  { account, at, reserved }: Pick<Entry, 'account' | 'at' | 'reserved'>,
  quotas: readonly Quota[],
  book: Book,
  calendar: Calendar,
): readonly Exceeded[] {
  const open = book.open(account);

  function exceeded(quota: Quota): Exceeded | null {
    const { amount, unit, per } = quota;
    if (unit === 'runs' || per === null) {
      return open.length < amount ? null : { quota, used: 0, reserved: open.length, wanted: 1, resetsAt: null };
    }
    if (per === 'minute') {
      // What is later than that was written before the clock was set back, and says nothing about this minute.
      const begun = book.begun(account, at - MINUTE, at + MINUTE);
      const last = begun.at(-amount);
      return last === undefined
        ? null
        : { quota, used: begun.length, reserved: 0, wanted: 1, resetsAt: Math.min(last, at) + MINUTE };
    }
    const { first, last, endsAt } = calendar.periodOf(per, at);
    const isWithin = ({ day }: Entry): boolean => day >= first && day <= last;
    const used = book.used(account, first, last)[unit];
    const aside = sumOf(open.filter(isWithin).map((entry) => entry.reserved))[unit];
    const wanted = reserved[unit];
    const exceeds = (taken: number): boolean => taken >= amount || rounded(taken + wanted) > amount;
    if (!exceeds(rounded(used + aside))) return null;
    return { quota, used, reserved: aside, wanted, resetsAt: exceeds(used) ? endsAt : null };
  }

  return quotas
    .flatMap((quota) => exceeded(quota) ?? [])
    .toSorted((one, other) => (other.resetsAt ?? 0) - (one.resetsAt ?? 0));
}
