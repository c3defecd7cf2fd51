import { reasonOf, SluiceError, systemCodeOf } from '../../errors.ts';
import type { Terminal } from '../../sinks/output.ts';
import type { LookAtReadingEnd } from '../../system/reading-end.ts';
import { type ReaderWatch, watchReader } from '../output/watch-reader.ts';
import type { Outlet, StandardStream } from './standard-stream.ts';
import { createTextBuffer } from './text-buffer.ts';

/** A terminal whose writes can be waited for. */
export interface FlushingTerminal extends Terminal {
  /** Writes bytes as they are, behind all text so far. Settles when they have left the process, as `flush` does. */
  pour(bytes: Uint8Array): Promise<void>;
  /** Settles when all that was written has left the process; rejects with the system's error when it can't. */
  flush(): Promise<void>;
  /**
   * Calls back once, as soon as nothing can be written any more, with what `write` throws from then on: the system's own
   * EPIPE, or an `output_error`. For as long as somebody listens, a reader that goes away is noticed also while nothing
   * is written, where that can be told. Returns what ends that.
   */
  onFailure(listener: (failure: Error) => void): () => void;
}

export interface FlushingTerminalOptions {
  /** Whether what cannot be written is dropped, as nobody is there to read it, and is no failure; default: no. */
  readonly isOptional?: boolean;
  /** How to see whether it still has a reader; null where nobody can tell. */
  readonly look?: () => LookAtReadingEnd | null;
  /** Whether the cursor may be moved on it now, if it is a terminal; default: no. */
  readonly canRedraw?: () => boolean;
  /** Called before each write, to take away what is drawn there. */
  readonly makeRoom?: (() => void) | undefined;
}

/** Text waits here for its turn of the event loop, so that a burst of events is one write. */
const BURST = 64 * 1024;

/** A stream of the process's own, which errors call `name`. */
export function flushingTerminal(
  name: string,
  { isTTY, open }: StandardStream,
  { isOptional = false, look = () => null, canRedraw = () => false, makeRoom = () => {} }: FlushingTerminalOptions = {},
): FlushingTerminal {
  const pending = createTextBuffer();
  let scheduled = false;
  let failure: Error | null = null;
  let last: Promise<void> = Promise.resolve();
  let watch: ReaderWatch | null = null;
  let opened: Outlet | null = null;
  const listeners = new Set<(failure: Error) => void>();

  function outlet(): Outlet {
    if (opened !== null) return opened;
    opened = open();
    if (isTTY) neverBlock(opened);
    opened.on('error', fail);
    return opened;
  }

  // Others draw on it, too.
  if (isTTY) outlet();

  function fail(error: Error): void {
    if (isOptional || failure !== null) return;
    failure =
      systemCodeOf(error) === 'EPIPE'
        ? error
        : new SluiceError('output_error', `${name} cannot be written: ${reasonOf(error)}`, { cause: error });
    watch?.end();
    for (const listener of listeners) listener(failure);
  }

  function send(): Promise<void> {
    scheduled = false;
    return pending.length() === 0 ? last : put(pending.take());
  }

  function put(piece: Uint8Array): Promise<void> {
    makeRoom();
    last = new Promise((resolve, reject) => {
      outlet().write(piece, (error) => {
        if (error) fail(error);
        else watch?.wrote();
        if (failure === null) resolve();
        else reject(failure);
      });
    });
    // `flush` and the next write throw it.
    last.catch(() => {});
    return last;
  }

  return {
    isTTY,
    colorLevel: 0,
    columns: () => (isTTY ? outlet().columns || 80 : Number.POSITIVE_INFINITY),
    rows: () => (isTTY && canRedraw() ? outlet().rows || 24 : 0),
    write(text) {
      if (failure !== null) throw failure;
      pending.add(text);
      // One that takes no more is waited for, however little there is.
      if (pending.length() >= BURST || opened?.writableNeedDrain === true) return send();
      if (!scheduled) {
        scheduled = true;
        process.nextTick(() => void send().catch(() => {}));
      }
      return undefined;
    },
    async pour(bytes) {
      if (failure !== null) throw failure;
      void send();
      await put(bytes);
    },
    async flush() {
      await send();
      if (failure !== null) throw failure;
    },
    onFailure(listener) {
      listeners.add(listener);
      const looks = failure === null && watch === null ? look() : null;
      if (looks !== null) watch = watchReader(looks, () => fail(readerGone()));
      if (failure !== null) listener(failure);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        watch?.end();
        watch = null;
      };
    },
  };
}

/** The system's own error for a write without a reader. */
function readerGone(): Error {
  return Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
}

/**
 * Node writes to a terminal with blocking calls: one that is held up (Ctrl-S, a frozen window) would hold up everything,
 * signals and timers too. The descriptor is Node's own, so that the shell's is left as it is.
 */
function neverBlock(stream: Outlet): void {
  const handle: unknown = Reflect.get(stream, '_handle');
  if (typeof handle !== 'object' || handle === null) return;
  const setBlocking: unknown = Reflect.get(handle, 'setBlocking');
  if (typeof setBlocking === 'function') Reflect.apply(setBlocking, handle, [false]);
}
