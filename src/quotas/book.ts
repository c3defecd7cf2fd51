/** What was used, or is set aside. */
export interface Amounts {
  readonly requests: number;
  /** Dollars, to a millionth. */
  readonly usd: number;
  readonly tokens: number;
}

/** What a run used; null where its cost is not known. */
export interface Used extends Pick<Amounts, 'tokens'> {
  readonly usd: number | null;
}

export const NOTHING: Amounts = { requests: 0, usd: 0, tokens: 0 };

/** Something that goes on, with what it may use. */
export interface Entry {
  readonly id: string;
  readonly account: string;
  /** When it began, in milliseconds since 1970, and which day that was: what it uses is used on that day. */
  readonly at: number;
  readonly day: string;
  readonly reserved: Amounts;
  /** Whether it counts as having used what is reserved where its process dies; absent: as nothing. */
  readonly isOwed?: boolean;
}

/** Where it is written down what accounts use. It may throw. */
export interface Book {
  /** Does all of it, or nothing; nobody else writes meanwhile. */
  together<Result>(act: () => Result): Result;
  add(entry: Entry): void;
  /** Takes an entry back, as if it had never been. */
  remove(id: string): void;
  /**
   * Ends an entry with what it used, dollars that nobody knows being what was set aside; does nothing where there is none
   * that has not ended.
   */
  settle(id: string, used: Used): void;
  /** What goes on of an account. */
  open(account: string): readonly Entry[];
  /** What ended entries of an account used, on days from the first to the last. */
  used(account: string, first: string, last: string): Amounts;
  /** When entries of an account began, the earliest first: after one time, up to the other. */
  begun(account: string, after: number, upTo: number): readonly number[];
  /** Forgets when entries began that have ended, but for those between two times, and what was used before a day. */
  forget(after: number, upTo: number, day: string): void;
}

/** A book that others write to as well. */
export interface SharedBook extends Book {
  /** The others that have something going on. */
  others(): readonly string[];
  /** Sets nothing aside any more for what one of them had going on; it can still be settled, but for what is owed. */
  abandon(owner: string): void;
}

export function sumOf(amounts: Iterable<Amounts>): Amounts {
  let sum = NOTHING;
  for (const { requests, usd, tokens } of amounts)
    sum = { requests: sum.requests + requests, usd: rounded(sum.usd + usd), tokens: sum.tokens + tokens };
  return sum;
}

/** Sums of dollars, as exact as the dollars. */
export function rounded(usd: number): number {
  return Math.round(usd * 1e6) / 1e6;
}
