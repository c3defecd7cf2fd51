import type { RunEvent } from '../../messages/types.ts';
import { encodeEvent } from '../../sinks/stored-event.ts';

/** A message as it is kept. */
export interface KeptMessage {
  readonly sequence: number;
  /** The event, for `decodeEvent`, in UTF-8: as a string, one odd letter would make it twice as large. */
  readonly line: Buffer;
}

/** The newest messages of a run, as many as there is room for. */
export interface KeptMessages {
  see(event: RunEvent): void;
  /** Those that are kept, in order. */
  messages(): readonly KeptMessage[];
  /** Messages of the run, whether they are kept or not. */
  total(): number;
  /** What those that are kept take, in bytes of memory as estimated. */
  size(): number;
}

/** What a message takes besides its text, in bytes. */
const OVERHEAD = 200;

/** In place of one that was let go. */
const GONE: KeptMessage = { sequence: 0, line: Buffer.alloc(0) };

/** About how many bytes of memory a kept message takes. */
export function sizeOfKept({ line }: KeptMessage): number {
  return OVERHEAD + line.length;
}

/** Keeps messages of so many bytes together. Pieces of partial messages are not kept: the whole message follows. */
export function keepMessages(bytes: number): KeptMessages {
  let kept: KeptMessage[] = [];
  /** Where the oldest one stands: what is before it goes in one go, now and then. */
  let first = 0;
  let size = 0;
  let total = 0;

  return {
    see(event) {
      if (event.message.type === 'stream_event') return;
      total++;
      if (bytes === 0) return;
      const added = { sequence: event.sequence, line: Buffer.from(encodeEvent(event)) };
      kept.push(added);
      size += sizeOfKept(added);
      for (let oldest = kept[first]; oldest !== undefined && size > bytes; oldest = kept[first]) {
        size -= sizeOfKept(oldest);
        kept[first++] = GONE;
      }
      if (first > kept.length / 2) {
        kept = kept.slice(first);
        first = 0;
      }
    },
    messages: () => kept.slice(first),
    total: () => total,
    size: () => size,
  };
}
