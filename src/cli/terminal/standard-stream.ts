import { fstatSync, statSync } from 'node:fs';
import { isatty } from 'node:tty';
import { writeWhole } from '../../system/write-whole.ts';

/** What bytes are written to: a stream of Node's, or as much of one as is needed. */
export interface Outlet {
  /** Whether it takes no more for now. */
  readonly writableNeedDrain: boolean;
  /** Of a terminal alone. */
  readonly columns?: number;
  readonly rows?: number;
  write(piece: Uint8Array, onDone: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Where stdout or stderr leads. */
export interface StandardStream {
  readonly isTTY: boolean;
  /** Opens it; called with the first write: Node's streams take 4 ms to load, and many a run never says a word on stderr. */
  open(): Outlet;
}

/**
 * The stream behind a descriptor of the process.
 * @param own opens Node's stream of it; files and devices do without, and are written at once, as Node itself does
 */
export function standardStream(descriptor: number, own: () => Outlet): StandardStream {
  const kind = kindOf(descriptor);
  return { isTTY: kind === 'terminal', open: kind === 'file' ? () => fileOutlet(descriptor) : own };
}

function kindOf(descriptor: number): 'terminal' | 'file' | 'other' {
  const stats = fstatSync(descriptor);
  if (stats.isFile()) return 'file';
  if (!stats.isCharacterDevice()) return 'other';
  // Asked last: what tells terminals takes a while to load, and most devices are this one.
  const isNull = stats.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
  return !isNull && isatty(descriptor) ? 'terminal' : 'file';
}

/** Each write is done at once, and whole. */
function fileOutlet(descriptor: number): Outlet {
  return {
    writableNeedDrain: false,
    write(piece, onDone) {
      try {
        writeWhole(descriptor, piece);
        process.nextTick(onDone);
      } catch (error) {
        process.nextTick(onDone, error);
      }
    },
    // Each write tells its own failure.
    on() {},
  };
}
