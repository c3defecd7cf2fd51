import type { SpillFile } from '../../../src/sinks/backlog/spill.ts';
import { systemError } from './endings.ts';

/** A spill file in memory, which takes lines until the disk is full. */
export interface MemoryFile extends SpillFile {
  readonly lines: string[];
  /** How many lines were ever taken. */
  taken(): number;
  isClosed(): boolean;
}

/** @param room how many lines it holds at once; a number may change, so it is asked for each time */
export function memoryFile(room: () => number = () => Infinity): MemoryFile {
  const lines: string[] = [];
  let taken = 0;
  let closed = false;
  return {
    lines,
    append(line) {
      if (closed) throw new Error('it is closed');
      if (lines.length >= room()) throw systemError('ENOSPC');
      taken++;
      lines.push(line);
    },
    read: () => lines.shift() ?? null,
    close() {
      closed = true;
    },
    taken: () => taken,
    isClosed: () => closed,
  };
}
