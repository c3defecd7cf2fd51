import type { Quota } from './quota.ts';
import { within } from '../system/bounded-wait.ts';
import type { Book, Used } from './book.ts';
import { type Calendar, shifted } from './calendar.ts';
import { type Exceeded, exceededBy } from './exceeded.ts';

/** Keeps account of what is used, by whomever quotas are for: somebody who asks a server, a user of this machine. */
export interface Ledger {
  /**
   * Books something that is about to begin, unless a quota stands in the way: then nothing is booked.
   * @throws the book's error where it can't be read or written
   */
  book(wanted: Wanted): Promise<Booking | Exceeded>;
  readonly calendar: Calendar;
  /** Writes down what could not be written before. To be called when all that was booked has ended. */
  catchUp(): void;
}

export interface Wanted {
  /** One that no other has. */
  readonly id: string;
  readonly account: string;
  readonly quotas: readonly Quota[];
  /** Dollars that it may cost, where that is known: so much is set aside until it ends. */
  readonly maxUsd?: number | undefined;
  /** Whether that is what it used where its process dies; default: then nothing is. */
  readonly isOwed?: boolean;
}

/** Something that was booked, and has not ended. Neither throws, and the first call counts. */
export interface Booking {
  /** Ends it with what it used, on the day that it began on. */
  settle(used: Used): void;
  /** Ends it as if it had never begun. */
  release(): void;
}

export function isBooked(result: Booking | Exceeded): result is Booking {
  return 'settle' in result;
}

export interface LedgerInput {
  readonly book: Book;
  readonly calendar: Calendar;
  /** Looks for others who died, and gives back what was set aside for them; absent: there are no others. */
  readonly releaseDead?: () => Promise<void>;
  /** Told what could not be written down yet. */
  readonly onFault: (error: unknown) => void;
  /** Milliseconds since 1970; default: the clock. */
  readonly now?: () => number;
}

/** How often, and after how many milliseconds each time, it is tried again where others keep the book locked. */
const TRIES = 3;
const PAUSE_MS = 50;

/** Milliseconds between two looks for others who died, and for what may be forgotten. */
const LOOK_MS = 1_000;
const FORGET_MS = 60_000;

const MINUTE = 60_000;

/** Days that are kept: a month, and what a clock that jumps takes for one. */
const DAYS = 62;

export function createLedger({ book, calendar, releaseDead, onFault, now = Date.now }: LedgerInput): Ledger {
  const unwritten = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  const isTime = { look: every(LOOK_MS), forget: every(FORGET_MS) };

  function write(act: () => void): void {
    try {
      act();
      unwritten.delete(act);
    } catch (error) {
      unwritten.add(act);
      timer ??= setTimeout(catchUp, LOOK_MS).unref();
      onFault(error);
    }
  }

  function catchUp(): void {
    clearTimeout(timer);
    timer = undefined;
    for (const act of unwritten) write(act);
  }

  function add({ id, account, quotas, maxUsd = 0, isOwed = false }: Wanted): readonly Exceeded[] {
    return book.together(() => {
      const at = now();
      const reserved = { requests: 1, usd: maxUsd, tokens: 0 };
      const entry = { id, account, at, day: calendar.dayOf(at), reserved, isOwed };
      const exceeded = exceededBy(entry, quotas, book, calendar);
      if (exceeded.length === 0) book.add(entry);
      return exceeded;
    });
  }

  async function patiently<Result>(act: () => Result): Promise<Result> {
    for (let tries = 1; ; tries++) {
      try {
        return act();
      } catch (error) {
        if (tries === TRIES || !isLocked(error)) throw error;
        await within(new Promise<never>(() => {}), { ms: PAUSE_MS * tries });
      }
    }
  }

  function bookingOf(id: string): Booking {
    let isOver = false;
    function end(act: () => void): void {
      if (isOver) return;
      isOver = true;
      write(act);
    }
    return {
      settle: (used) => end(() => book.settle(id, used)),
      release: () => end(() => book.remove(id)),
    };
  }

  return {
    calendar,
    async book(wanted) {
      catchUp();
      if (isTime.forget()) {
        const at = now();
        write(() => book.forget(at - MINUTE, at + MINUTE, shifted(calendar.dayOf(at), -DAYS)));
      }
      let exceeded = await patiently(() => add(wanted));
      const dependsOnOthers = exceeded.some(({ reserved }) => reserved > 0);
      if (dependsOnOthers && releaseDead !== undefined && isTime.look()) {
        await releaseDead();
        exceeded = await patiently(() => add(wanted));
      }
      return exceeded[0] ?? bookingOf(wanted.id);
    },
    catchUp,
  };
}

/** Whether others keep a database locked, in the words of SQLite. */
function isLocked(error: unknown): boolean {
  return /database (?:table )?is (?:locked|busy)/i.test(String(error));
}

/** Says that it is time, and then no more often than that. */
function every(ms: number): () => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const time = performance.now();
    if (time - last < ms) return false;
    last = time;
    return true;
  };
}
