import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { eventLine } from '../../sinks/formats/ndjson.ts';
import { readRecordedLine } from '../../stream/read-recording.ts';
import { splitLines } from '../../stream/split-lines.ts';
import { writeWhole } from '../../system/write-whole.ts';
import type { RunRecords } from '../run-record.ts';
import { readPieces } from './read-pieces.ts';
import { type RecordFiles, recordFilesIn } from './record-files.ts';

/** Records in files, which others read while they are written. */
export interface DiskRecords extends RunRecords, RecordFiles {}

/**
 * A recording for each run, in a folder that is there: `sluice replay` reads it.
 * @param onFault told why one can't be read, of which there is as much as could be; default: that is thrown
 */
export function createDiskRecords(folder: string, onFault = rethrow): DiskRecords {
  const files = recordFilesIn(folder);
  const { pathOf } = files;

  return {
    ...files,
    create(runId) {
      const descriptor = openSync(pathOf(runId), 'wx', 0o600);
      let size = 0;
      const append = (line: string): void => {
        size = appendWhole(descriptor, line, size);
      };
      return {
        append: ({ json }) => append(`${json}\n`),
        close(ending) {
          try {
            if (ending !== null) append(eventLine(ending));
          } finally {
            closeSync(descriptor);
          }
          return size;
        },
      };
    },
    async *read(runId, from) {
      let id = 0;
      try {
        for await (const lines of splitLines(readPieces(pathOf(runId)))) {
          for (const { text, terminated } of lines) {
            // What has no end yet is being written, or was when its process died.
            if (!terminated) return;
            if (++id < from) continue;
            const recorded = readRecordedLine(text);
            if (recorded === null) continue;
            if (recorded.report() !== null) return;
            yield {
              id,
              json: text,
              get event() {
                return recorded.event();
              },
            };
          }
        }
      } catch (error) {
        onFault(error);
      }
    },
  };
}

function rethrow(error: unknown): void {
  throw error;
}

/** Returns the size with the line. @throws the system's error when there is no room for all of it: nothing is added then */
function appendWhole(descriptor: number, line: string, size: number): number {
  const bytes = Buffer.from(line);
  try {
    writeWhole(descriptor, bytes, size);
  } catch (error) {
    ftruncateSync(descriptor, size);
    throw error;
  }
  return size + bytes.length;
}
