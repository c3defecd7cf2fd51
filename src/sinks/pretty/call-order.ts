import type { Entry, EntryOf } from './entry.ts';

/** Brings entries into an order in which each result stands under its call, also where several calls are under way. */
export interface CallOrder {
  /** What can be shown now. */
  see(entry: Entry): readonly Entry[];
  /** What the main thread has to show before text of it that does not come as an entry. */
  interrupt(): readonly Entry[];
  /** All that was held back. */
  flush(): readonly Entry[];
  /** The calls of the main thread that are held back, and whether their results are too. */
  held(): readonly HeldCall[];
}

export interface HeldCall {
  readonly call: EntryOf<'call'>;
  readonly isDone: boolean;
}

/** Beyond this order is given up: what is held back is in memory. */
const MOST_HELD = 1000;

/** The main thread, or that of a subagent, whose entries come between its call and its result. */
interface Thread {
  /** The call that was shown and whose result is awaited. */
  open: string | null;
  held: Entry[];
}

/**
 * The first of several calls is shown at once; the others, with all that belongs to them, wait until its result has been
 * shown. Only text and what is urgent breaks into that.
 * @param breaksIn whether an entry that is not text is shown at once, whatever is under way
 */
export function orderCalls(breaksIn: (entry: Entry) => boolean): CallOrder {
  const threads = new Map<string | null, Thread>();
  /** Calls that are held back: what comes of their threads is too. */
  const hidden = new Set<string>();
  let count = 0;

  function threadOf(id: string | null): Thread {
    const thread = threads.get(id) ?? { open: null, held: [] };
    threads.set(id, thread);
    return thread;
  }

  function hold(thread: Thread, entry: Entry): void {
    thread.held.push(entry);
    count++;
    if (entry.kind === 'call') hidden.add(entry.id);
  }

  function show(thread: Thread, entry: Entry): Entry[] {
    const closed = closes(entry);
    if (closed !== null) {
      if (closed === thread.open) thread.open = null;
      return [...flushThread(closed), entry];
    }
    if (entry.kind !== 'call') return [entry];
    thread.open = entry.id;
    hidden.delete(entry.id);
    return [entry, ...drain(threadOf(entry.id))];
  }

  /** Shows what no longer has to wait. */
  function drain(thread: Thread): Entry[] {
    const shown: Entry[] = [];
    for (;;) {
      const { open, held } = thread;
      const index = open === null ? 0 : held.findIndex((entry) => closes(entry) === open);
      const [next] = index === -1 ? [] : held.splice(index, 1);
      if (next === undefined) return shown;
      count--;
      shown.push(...show(thread, next));
    }
  }

  function flushThread(id: string | null): Entry[] {
    const thread = threads.get(id);
    if (thread === undefined) return [];
    const shown: Entry[] = [];
    while (thread.held.length > 0) {
      thread.open = null;
      shown.push(...drain(thread));
    }
    if (id !== null) threads.delete(id);
    thread.open = null;
    return shown;
  }

  function flush(): Entry[] {
    return [...threads.keys()].flatMap(flushThread);
  }

  return {
    see(entry) {
      const thread = threadOf(entry.thread);
      const closed = closes(entry);
      const isHidden = entry.thread !== null && hidden.has(entry.thread);
      if (!isHidden) {
        if (thread.open === null || closed === thread.open) return [...show(thread, entry), ...drain(thread)];
        if (isText(entry)) return [...flushThread(entry.thread), entry];
        if (closed === null && breaksIn(entry)) return [entry];
      }
      hold(thread, entry);
      return count > MOST_HELD ? flush() : [];
    },
    interrupt: () => flushThread(null),
    flush,
    held() {
      const { held } = threadOf(null);
      const done = new Set(held.map(closes));
      return held.flatMap((entry) => (entry.kind === 'call' ? [{ call: entry, isDone: done.has(entry.id) }] : []));
    },
  };
}

function isText({ kind }: Entry): boolean {
  return kind === 'text' || kind === 'thinking';
}

/** The call whose result an entry is, or stands for. */
function closes(entry: Entry): string | null {
  if (entry.kind === 'result') return entry.id;
  return entry.kind === 'notice' ? (entry.denies ?? null) : null;
}
