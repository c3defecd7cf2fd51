import { decodeEvent, encodeEvent } from '../../sinks/backlog/stored-event.ts';
import type { RunRecords } from '../run-record.ts';

/** What an event takes besides its text, in bytes. */
const OVERHEAD = 200;

/** In place of one that was let go. */
const GONE = Buffer.alloc(0);

interface MemoryRecord {
  /** Events in UTF-8: as a string, one odd letter would make it twice as large. */
  lines: Buffer[];
  /** Where the oldest one stands: what is before it goes in one go, now and then. */
  first: number;
  /** The id of the line at the beginning. */
  base: number;
  size: number;
}

/** Records that go with the process, of so many bytes each: of a longer run, the newest events are kept. */
export function createMemoryRecords(bytes: number): RunRecords {
  const records = new Map<string, MemoryRecord>();

  return {
    create(runId) {
      const record: MemoryRecord = { lines: [], first: 0, base: 1, size: 0 };
      records.set(runId, record);
      return {
        append: ({ event }) => append(record, Buffer.from(encodeEvent(event)), bytes),
        close: () => record.size,
      };
    },
    async *read(runId, from) {
      const record = records.get(runId);
      if (record === undefined) return;
      for (let id = from; ; id++) {
        id = Math.max(id, record.base + record.first);
        const line = record.lines[id - record.base];
        if (line === undefined) return;
        yield { id, event: decodeEvent(line.toString()) };
      }
    },
    remove: (runId) => void records.delete(runId),
  };
}

/** About how many bytes of memory an event takes that is so long. */
export function memoryOf(length: number): number {
  return OVERHEAD + length;
}

function append(record: MemoryRecord, line: Buffer, bytes: number): void {
  record.lines.push(line);
  record.size += memoryOf(line.length);
  for (let oldest = record.lines[record.first]; oldest !== undefined && record.size > bytes;) {
    record.size -= memoryOf(oldest.length);
    record.lines[record.first++] = GONE;
    oldest = record.lines[record.first];
  }
  if (record.first <= record.lines.length / 2) return;
  record.lines = record.lines.slice(record.first);
  record.base += record.first;
  record.first = 0;
}
