import { SluiceError } from '../../errors.ts';
import { within } from '../../system/bounded-wait.ts';
import { launchClaude, type Launched, type LaunchOptions } from '../launch.ts';
import { type StartKey, startKey, withoutTrace } from './start-key.ts';
import { countUses } from './uses.ts';

/** What a pool holds ready. */
export interface Stock {
  /** What claudes are started with now, unless something else is asked for. */
  readonly standard: () => LaunchOptions | Promise<LaunchOptions>;
  /** How many of those wait. */
  readonly spares: number;
  /** How many other sets of options have one that waits, too: those that are used most. */
  readonly otherKeys: number;
  /** How long one may wait, in milliseconds. */
  readonly maxAgeMs: number;
  /** Milliseconds until a spare that was taken is replaced, unless its run ends before; default: a second. */
  readonly refillMs?: number | undefined;
  /**
   * How many claudes start at the same time at most, those that runs had to start themselves included: none is started ahead
   * while there are as many. Default: one that is started ahead, whatever runs start.
   */
  readonly startsAtOnce?: number | undefined;
  /** How many may wait now, all together. Must not throw. */
  readonly room: () => number;
  /** Told of a spare that could not be started, or ended by itself. Must not throw. */
  readonly onFault: (fault: unknown) => void;
}

/** How a pool stands. */
export interface PoolState {
  /** Claudes that wait for a prompt. */
  readonly spares: number;
  /** Bytes of memory that they and what they started take; null where that can't be told. */
  readonly memory: number | null;
  /** How many runs were given one that had been started before, and how many were not. */
  readonly served: { readonly warm: number; readonly cold: number };
}

/** Claudes that were started and wait for their prompt. */
export interface ClaudePool {
  /** A claude that was started like that: one that waits and is as it would be if it were started now, or a new one. */
  launch(options: LaunchOptions): Launched;
  /** Settles once all have started that there is room for, or can't be. Never rejects. */
  ready(): Promise<void>;
  state(): PoolState;
  /** Ends those that wait, and starts none any more. Settles once nothing is left of them. */
  close(): Promise<void>;
}

/** A start that is wanted; without a key it can't be made in advance. */
interface Wanted {
  readonly options: LaunchOptions;
  readonly key: StartKey | null;
}

/** The start that most spares are for, with its key as it was made at a moment. */
interface Standard {
  readonly options: LaunchOptions;
  readonly want: Wanted;
  /** On the monotonic clock, in milliseconds. */
  readonly since: number;
}

interface Spare {
  readonly key: StartKey;
  readonly launched: Launched;
  readonly since: { readonly date: number; readonly clock: number };
}

/** Milliseconds until a spare that was taken is replaced, unless its run ends before: both would compete for the processor. */
const REFILL_MS = 1_000;
/** Between two looks whether all are still as they should be. */
const LOOK_MS = 10_000;
/** For how long a key is taken for the present one: to make it takes a look at many files. */
const KEY_LASTS_MS = 1_000;
/** Milliseconds from the end of a run until there is a look for room: what the run held is released by then. */
const SETTLING_MS = 20;
/** How long one may take to start. */
const STARTING_MS = 15_000;
/** Before the next start after one that failed, and at most, when they fail again and again. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 300_000;

/** Opens a pool, and starts to fill it. */
export function openPool(stock: Stock, launch: typeof launchClaude = launchClaude): ClaudePool {
  const uses = countUses<LaunchOptions>();
  const spares: Spare[] = [];
  const leaving = new Set<Promise<unknown>>();
  const starting = new Set<Promise<void>>();
  const served = { warm: 0, cold: 0 };
  let standard: Standard | null = null;
  let filling: Promise<void> | null = null;
  let wake = (): void => {};
  let pauseMs = 0;
  let resumeAt = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  const watch = setInterval(adjust, LOOK_MS).unref();

  function take(key: StartKey | null): Spare | undefined {
    const fitting = spares.find((spare) => spare.key.whole === key?.whole && !isOld(spare));
    if (fitting !== undefined) spares.splice(spares.indexOf(fitting), 1);
    return fitting;
  }

  function retire(spare: Spare): void {
    const index = spares.indexOf(spare);
    if (index === -1) return;
    spares.splice(index, 1);
    const gone = spare.launched.release().finally(() => leaving.delete(gone));
    leaving.add(gone);
  }

  /** What is to wait, the most wanted first. */
  async function wanted(): Promise<readonly Wanted[]> {
    const standard = await standardNow();
    // To see what claude would find takes a look at many files.
    const others = stock.otherKeys === 0 ? [] : uses.most(stock.otherKeys + 1).map(wantedFor);
    return [
      ...Array.from({ length: stock.spares }, () => standard).filter((want) => want !== null),
      ...others.filter(({ key }) => key?.asked !== standard?.key?.asked).slice(0, stock.otherKeys),
    ];
  }

  /** Its key may be a moment old. A claude that is started under a key that holds no more is not used. */
  async function standardNow(): Promise<Wanted | null> {
    try {
      const options = await stock.standard();
      const known = standard;
      if (known?.options === options && known.want.key !== null && performance.now() - known.since < KEY_LASTS_MS)
        return known.want;
      standard = { options, want: wantedFor(options), since: performance.now() };
      return standard.want;
    } catch (fault) {
      stock.onFault(fault);
      return null;
    }
  }

  /** Ends the spares that are not wanted or have no room. Returns the starts that are missing, the most wanted first. */
  async function weed(): Promise<Wanted[]> {
    const wants = await wanted();
    const idle = new Set(spares);
    const missing: Wanted[] = [];
    for (const want of closed ? [] : wants.slice(0, Math.max(0, stock.room()))) {
      const spare = [...idle].find((other) => other.key.whole === want.key?.whole);
      if (spare === undefined) missing.push(want);
      else idle.delete(spare);
    }
    for (const spare of idle) retire(spare);
    return missing.filter(({ key }) => key !== null);
  }

  /** By either clock: the monotonic one stands still while the machine sleeps, the wall clock may be set. */
  function isOld({ since }: Spare): boolean {
    return Math.max(Date.now() - since.date, performance.now() - since.clock) >= stock.maxAgeMs;
  }

  /** Under the key that was made before the start: a later change of what claude reads makes the spare unfit. */
  function start({ options, key }: Wanted): void {
    if (key === null) return;
    try {
      const launched = launch(options);
      const spare = { key, launched, since: { date: Date.now(), clock: performance.now() } };
      spares.push(spare);
      launched.child.greet();
      const gone = new AbortController();
      void follow(launched, gone.signal).then(() => {
        if (spares.includes(spare)) pauseMs = 0;
      });
      launched.child.ended
        .finally(() => gone.abort())
        .then(
          ({ code, signal }) =>
            died(
              spare,
              new SluiceError('internal', `a claude that waited for its prompt ended by itself (${signal ?? code})`),
            ),
          (error: unknown) => died(spare, error),
        );
    } catch (error) {
      fail(error);
    }
  }

  function died(spare: Spare, fault: unknown): void {
    if (!spares.includes(spare)) return;
    retire(spare);
    fail(fault);
  }

  function fail(fault: unknown): void {
    pauseMs = Math.min(Math.max(FIRST_PAUSE_MS, 2 * pauseMs), LONGEST_PAUSE_MS);
    resumeAt = performance.now() + pauseMs;
    stock.onFault(fault);
    adjustIn(pauseMs);
  }

  /** Looks again whenever one has started, and whenever it is woken. */
  async function fill(): Promise<void> {
    for (;;) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const missing = await weed();
      const room = Math.max(0, (stock.startsAtOnce ?? 1) - starting.size);
      for (const want of missing.slice(0, room)) if (performance.now() >= resumeAt) start(want);
      if (starting.size === 0 || closed) return;
      await Promise.race([...starting, woken]);
    }
  }

  /** Counts a claude among those that start, until it says something or has gone. */
  function follow(launched: Launched, gone: AbortSignal): Promise<void> {
    const followed = untilItSpeaks(launched, gone).finally(() => starting.delete(followed));
    starting.add(followed);
    return followed;
  }

  function adjust(): void {
    clearTimeout(timer);
    timer = undefined;
    wake();
    if (filling !== null) return;
    for (const spare of spares.filter(isOld)) retire(spare);
    filling = fill().finally(() => (filling = null));
  }

  function adjustIn(ms: number): void {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(adjust, ms).unref();
  }

  function lend(launched: Launched, isSpare: boolean): Launched {
    adjustIn(stock.refillMs ?? REFILL_MS);
    const gone = new AbortController();
    if (!isSpare && stock.startsAtOnce !== undefined) void follow(launched, gone.signal);
    return {
      ...launched,
      isSpare,
      async release() {
        const notes = await launched.release();
        gone.abort();
        adjustIn(SETTLING_MS);
        return notes;
      },
    };
  }

  adjust();
  return {
    launch(options) {
      const key = startKey(options);
      if (key !== null && key.asked === standard?.want.key?.asked)
        standard = { ...standard, want: { ...standard.want, key }, since: performance.now() };
      if (key !== null && !closed) uses.add(key.asked, withoutTrace(options));
      const spare = take(key);
      served[spare === undefined ? 'cold' : 'warm'] += 1;
      if (spare !== undefined) return lend(spare.launched, true);
      // The new claude takes room, too.
      for (const spare of spares.slice(Math.max(0, stock.room()))) retire(spare);
      return lend(launch(options), false);
    },
    async ready() {
      await filling;
    },
    state() {
      const sizes = spares.map(({ launched }) => launched.memory());
      const known = sizes.filter((size) => size !== null);
      const memory = known.length < sizes.length ? null : known.reduce((sum, size) => sum + size, 0);
      return { spares: spares.length, memory, served: { ...served } };
    },
    async close() {
      closed = true;
      wake();
      clearInterval(watch);
      clearTimeout(timer);
      for (const spare of spares.slice()) retire(spare);
      await filling;
      await Promise.all(leaving);
    },
  };
}

function wantedFor(options: LaunchOptions): Wanted {
  const own = withoutTrace(options);
  return { options: own, key: startKey(own) };
}

async function untilItSpeaks({ spoken }: Launched, gone: AbortSignal): Promise<void> {
  const over = new AbortController();
  await within(spoken(over.signal), { ms: STARTING_MS, signal: gone });
  over.abort();
}
