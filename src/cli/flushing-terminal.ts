import type { Writable } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { SluiceError, systemCodeOf } from '../errors.ts';
import type { Terminal } from '../sinks/output.ts';

/** A terminal whose writes can be waited for. */
export interface FlushingTerminal extends Terminal {
  /** Writes bytes as they are, behind all text so far. Settles when they have left the process, as `flush` does. */
  pour(bytes: Uint8Array): Promise<void>;
  /** Settles when all that was written has left the process; rejects with the system's error when it can't. */
  flush(): Promise<void>;
}

/** Text waits here for its turn of the event loop, so that a burst of events is one write. */
const BURST = 64 * 1024;

/** A stream of the process's own, which errors call `name`. */
export function flushingTerminal(name: string, stream: WriteStream & Writable): FlushingTerminal {
  let pending = '';
  let scheduled = false;
  let failure: Error | null = null;
  let last: Promise<void> = Promise.resolve();
  if (stream.isTTY) neverBlock(stream);
  stream.on('error', (error: Error) => {
    fail(error);
  });

  function fail(error: Error): void {
    failure ??=
      systemCodeOf(error) === 'EPIPE'
        ? error
        : new SluiceError('output_error', `${name} cannot be written: ${error.message}`, { cause: error });
  }

  function send(): Promise<void> {
    scheduled = false;
    if (pending === '') return last;
    const text = pending;
    pending = '';
    return put(text);
  }

  function put(piece: string | Uint8Array): Promise<void> {
    last = new Promise((resolve, reject) => {
      stream.write(piece, (error) => {
        if (error) fail(error);
        if (failure === null) resolve();
        else reject(failure);
      });
    });
    // Whoever flushes learns of it, and the next write does.
    last.catch(() => {});
    return last;
  }

  return {
    // Undefined off a terminal, whatever its type says.
    isTTY: stream.isTTY || false,
    colorLevel: 0,
    columns: () => (stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY),
    write(text) {
      if (failure !== null) throw failure;
      pending += text;
      // One that takes no more is waited for, however little there is.
      if (pending.length >= BURST || stream.writableNeedDrain) return send();
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
  };
}

/**
 * Node writes to a terminal with blocking calls: one that is held up (Ctrl-S, a frozen window) would hold up everything,
 * signals and timers too. The descriptor is Node's own, so that the shell's is left as it is.
 */
function neverBlock(stream: WriteStream): void {
  const handle: unknown = Reflect.get(stream, '_handle');
  if (typeof handle !== 'object' || handle === null) return;
  const setBlocking: unknown = Reflect.get(handle, 'setBlocking');
  if (typeof setBlocking === 'function') Reflect.apply(setBlocking, handle, [false]);
}
