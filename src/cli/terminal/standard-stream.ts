import { fstatSync, statSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** What text is written to: a stream of Node's, or as much of one as is needed. */
export interface Outlet {
  /** Whether it takes no more for now. */
  readonly writableNeedDrain: boolean;
  /** Of a terminal alone. */
  readonly columns?: number;
  readonly rows?: number;
  write(piece: string | Uint8Array, onDone: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Where stdout or stderr leads. */
export interface StandardStream {
  readonly isTTY: boolean;
  /** Opens it, with its first write: to load Node's streams takes 4 ms, and many a run never says a word on stderr. */
  open(): Outlet;
}

/** @param own Node's stream of that descriptor; a file or a device is written without it, as Node itself would. */
export function standardStream(descriptor: number, own: () => Outlet): StandardStream {
  const kind = kindOf(descriptor);
  return { isTTY: kind === 'terminal', open: kind === 'file' ? () => fileOutlet(descriptor) : own };
}

function kindOf(descriptor: number): 'terminal' | 'file' | 'other' {
  const stats = fstatSync(descriptor);
  if (stats.isFile()) return 'file';
  if (!stats.isCharacterDevice()) return 'other';
  // What could tell whether it is a terminal takes a while to load, and most devices are this one.
  const isNull = stats.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
  return !isNull && isatty(descriptor) ? 'terminal' : 'file';
}

/** Each write is done at once, and whole. */
function fileOutlet(descriptor: number): Outlet {
  return {
    writableNeedDrain: false,
    write(piece, onDone) {
      try {
        writeWhole(descriptor, Buffer.from(piece));
        process.nextTick(onDone);
      } catch (error) {
        process.nextTick(onDone, error);
      }
    },
    // What fails is told of each write.
    on() {},
  };
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
}
