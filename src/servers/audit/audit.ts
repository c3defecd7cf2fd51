import { SluiceError, reasonOf } from '../../errors.ts';
import { escapeJson } from '../../sinks/safe-text.ts';
import { describeHolder, type FileLock, lockFile, type LockHolder } from '../../system/file-lock.ts';
import type { Observer } from '../observer.ts';
import { auditLine, type AuditLineOptions, callbackLine } from './audit-line.ts';
import { createLineQueue } from '../../system/line-queue.ts';
import { openRotatingFile, type RotatingFile, type RotatingFileOptions } from '../../system/rotating-file.ts';

/** A file with a line of JSON for each query, written when it has ended. */
export interface Audit {
  readonly observer: Observer;
  /** Settles once every line is written, or can't be. To be called when all queries have ended. */
  close(): Promise<void>;
}

export interface AuditOptions extends AuditLineOptions, Omit<RotatingFileOptions, 'onStuck'> {
  /**
   * Told when lines can't be written, or a full file can't be moved away, once until it goes well again; and of lines
   * that never were written.
   */
  readonly onFault: (fault: SluiceError) => void;
  /** Milliseconds until another try. */
  readonly retryMs?: number;
}

const RETRY_MS = 5_000;

/** UTF-16 units of lines that wait for a file that can't be written: some 15,000 lines, but for prompts. */
const ROOM = 16 * 1024 * 1024;

/**
 * Opens the audit. Queries never wait for it, and none fails by it: lines that can't be written wait until they can be.
 * Where there is no room for more, `{"time": …, "missing": N}` stands for those in between.
 * @throws SluiceError `usage` when the file can't be written, or another server writes it
 */
export async function openAudit(options: AuditOptions): Promise<Audit> {
  const { file, onFault, retryMs = RETRY_MS } = options;
  const { target, lock } = await openLocked({
    ...options,
    onStuck(error) {
      const reason = `--audit: ${file} is full and cannot be moved away: ${reasonOf(error)}`;
      onFault(new SluiceError('output_error', `${reason}; lines are still added to it`, { cause: error }));
    },
  });
  const queue = createLineQueue(target.append, {
    onFault(error) {
      const reason = `--audit: ${file} cannot be written: ${reasonOf(error)}`;
      onFault(new SluiceError('output_error', `${reason}; its lines wait until it can be`, { cause: error }));
    },
    onLoss: (lines) => onFault(new SluiceError('output_error', `--audit: ${lines} lines for ${file} are lost`)),
    gap: (lines) => lineOf({ time: new Date().toISOString(), missing: lines }),
    retryMs,
    room: ROOM,
  });
  return {
    observer: {
      ended: (query, end) => queue.write(lineOf(auditLine(query, end, options))),
      calledBack: (query, result) => queue.write(lineOf(callbackLine(query, result, options))),
    },
    async close() {
      await queue.close();
      await lock.release();
    },
  };
}

async function openLocked(options: RotatingFileOptions): Promise<{ target: RotatingFile; lock: FileLock }> {
  const where = `--audit: ${options.file}`;
  let target: RotatingFile;
  let lock: FileLock | LockHolder;
  try {
    target = await openRotatingFile(options);
    lock = await lockFile(target.path);
  } catch (error) {
    const reason = `${where} cannot be written: ${reasonOf(error)}`;
    throw new SluiceError('usage', `${reason}; name a file in a folder of your own`, { cause: error });
  }
  if ('release' in lock) return { target, lock };
  const who = describeHolder(lock);
  throw new SluiceError('usage', `${where} is written by another server${who}; name a file of its own for each`);
}

function lineOf(value: object): string {
  return `${escapeJson(value)}\n`;
}
