import type { Readable } from 'node:stream';
import { within } from '../../system/bounded-wait.ts';

/** How much of the end of stderr is kept, in bytes. */
const TAIL_BYTES = 64 * 1024;

/** Drains a stream, so that its writer never waits, and keeps its end. */
export interface Tail {
  text(): string;
  /** Settles when the stream has ended, or after `ms`: a grandchild may hold it open. */
  ended(ms: number): Promise<void>;
}

/** Starts draining at once. */
export function drain(stream: Readable): Tail {
  let kept: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    kept.push(chunk);
    size += chunk.length;
    // Twice as much is let in before it is cut, so that many small pieces cost no copy each.
    if (size <= 2 * TAIL_BYTES) return;
    kept = [lastLines(Buffer.concat(kept))];
    size = kept[0]?.length ?? 0;
  });
  stream.on('error', () => stream.destroy());
  const end = new Promise<void>((resolve) => stream.once('close', resolve));
  return {
    text() {
      const bytes = Buffer.concat(kept);
      return (bytes.length > TAIL_BYTES ? lastLines(bytes) : bytes).toString('utf8');
    },
    async ended(ms) {
      await within(end, { ms });
      stream.destroy();
    },
  };
}

/** The last whole lines: half of a first one could be half a secret, which nothing recognises any more. */
function lastLines(bytes: Buffer): Buffer<ArrayBuffer> {
  const start = bytes.indexOf(0x0a, bytes.length - TAIL_BYTES);
  return start === -1 ? Buffer.alloc(0) : Buffer.from(bytes.subarray(start + 1));
}
