import { type Amounts, type Book, type Entry, NOTHING, sumOf } from './book.ts';

/** What accounts used, as it can be kept elsewhere. */
export interface Accounts {
  readonly open: readonly Entry[];
  /** Of what has ended. */
  readonly begun: readonly Pick<Entry, 'account' | 'at'>[];
  /** By account and day. */
  readonly used: readonly (readonly [account: string, day: string, amounts: Amounts])[];
}

export interface MemoryBook extends Book {
  /** All that is in it. */
  content(): Accounts;
}

/** A book that lasts as long as its process, which alone has it. @param known what is in it; default: nothing */
export function createMemoryBook(known: Accounts = { open: [], begun: [], used: [] }): MemoryBook {
  const open = new Map(known.open.map((entry) => [entry.id, entry]));
  /** Of what has ended. */
  const begun = new Set(known.begun);
  /** By account and day. */
  const used = new Map<string, Map<string, Amounts>>();
  for (const [account, day, amounts] of known.used) daysOf(account).set(day, amounts);

  function daysOf(account: string): Map<string, Amounts> {
    const days = used.get(account) ?? new Map<string, Amounts>();
    used.set(account, days);
    return days;
  }

  return {
    together: (act) => act(),
    add: (entry) => void open.set(entry.id, entry),
    remove: (id) => void open.delete(id),
    settle(id, { usd, tokens }) {
      const entry = open.get(id);
      if (entry === undefined) return;
      open.delete(id);
      begun.add({ account: entry.account, at: entry.at });
      const days = daysOf(entry.account);
      const amounts = { requests: 1, usd: usd ?? entry.reserved.usd, tokens };
      days.set(entry.day, sumOf([days.get(entry.day) ?? NOTHING, amounts]));
    },
    open: (of) => [...open.values()].filter(({ account }) => account === of),
    used: (account, first, last) =>
      sumOf([...(used.get(account) ?? [])].flatMap(([day, amounts]) => (day >= first && day <= last ? amounts : []))),
    begun: (of, after, upTo) =>
      [...open.values(), ...begun]
        .flatMap(({ account, at }) => (account === of && at > after && at <= upTo ? at : []))
        .toSorted((one, other) => one - other),
    forget(after, upTo, day) {
      for (const entry of begun) if (entry.at <= after || entry.at > upTo) begun.delete(entry);
      for (const [account, days] of used) {
        for (const past of days.keys()) if (past < day) days.delete(past);
        if (days.size === 0) used.delete(account);
      }
    },
    content: () => ({
      open: [...open.values()],
      begun: [...begun],
      used: [...used].flatMap(([account, days]) => [...days].map(([day, amounts]) => [account, day, amounts] as const)),
    }),
  };
}
