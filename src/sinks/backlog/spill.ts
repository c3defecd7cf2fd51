import type { RunEvent } from '../../messages/types.ts';
import { decodeEvent, encodeEvent } from './stored-event.ts';

/** Lines that wait on disk, first in, first out, where nobody else can read them. */
export interface SpillFile {
  /** Adds a line, which holds no newline. Throws the system's error when the disk takes no more; the line is not in the file then. */
  append(line: string): void;
  /**
   * Takes the oldest line that is left; null when there is none, and then the file takes no space any more. Throws the
   * system's error.
   */
  read(): string | null;
  close(): void;
}

/** Makes the file once it is needed. Throws when that can't be done. */
export type OpenSpillFile = () => SpillFile;

/** Events that wait on disk, redacted as they are, in order. */
export interface Spill {
  /** Says whether the event was taken; it is not when the disk is full. */
  put(event: RunEvent): boolean;
  /** Takes the oldest event; null when there is none. Throws the system's error. */
  take(): RunEvent | null;
  close(): void;
}

/** Opens no file before the first event comes. */
export function createSpill(open: OpenSpillFile): Spill {
  let file: SpillFile | null = null;
  return {
    put(event) {
      try {
        file ??= open();
        file.append(encodeEvent(event));
        return true;
      } catch {
        return false;
      }
    },
    take() {
      const line = file?.read() ?? null;
      return line === null ? null : decodeEvent(line);
    },
    close() {
      file?.close();
      file = null;
    },
  };
}
