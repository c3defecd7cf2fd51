import { type Book, type Entry, NOTHING, sumOf, type Amounts } from './book.ts';

/** A book that lasts as long as its process, which alone has it. */
export function createMemoryBook(): Book {
  const open = new Map<string, Entry>();
  /** Of what has ended. */
  const begun = new Set<Pick<Entry, 'account' | 'at'>>();
  /** By account and day. */
  const used = new Map<string, Map<string, Amounts>>();

  return {
    together: (act) => act(),
    add: (entry) => void open.set(entry.id, entry),
    remove: (id) => void open.delete(id),
    settle(id, { usd, tokens }) {
      const entry = open.get(id);
      if (entry === undefined) return;
      open.delete(id);
      begun.add(entry);
      const days = used.get(entry.account) ?? new Map<string, Amounts>();
      const amounts = { requests: 1, usd: usd ?? entry.reserved.usd, tokens };
      used.set(entry.account, days.set(entry.day, sumOf([days.get(entry.day) ?? NOTHING, amounts])));
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
  };
}
