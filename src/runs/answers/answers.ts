import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf, systemCodeOf } from '../../errors.ts';
import type { AnswerCache, KeptAnswer, Turn } from '../../run/cache/answer-cache.ts';
import type { FileLock } from '../../system/file-lock.ts';
import type { KeepLimits } from '../run-index.ts';
import { type AnswerHead, readAnswer, readHead, writeAnswer } from './answer-file.ts';

export interface AnswersOptions {
  /** Where they are: a folder that is there, and its owner's alone. Other processes may use it, too. */
  readonly folder: string;
  /** The version of sluice: what another one wrote is not given. */
  readonly version: string;
  /** How old one may be that is given, in milliseconds. */
  readonly maxAgeMs: number;
  readonly limits: KeepLimits;
  /** Told what could not be read, kept or locked, in a sentence. */
  readonly onFault: (fault: string) => void;
}

/** An answer that is kept, as it is listed. */
export interface ListedAnswer extends AnswerHead {
  /** What names it. */
  readonly key: string;
  /** What it takes, in bytes. */
  readonly size: number;
}

const ENDING = '.answer';

/** Characters that are kept of what was asked. */
const MOST_INSTRUCTION = 200;

/** Milliseconds between two looks whether another process has the answer, about. */
const LOOK_MS = 100;

/** Answers in a folder, a file each, which is called after the key: to find one is to read it. */
export function openAnswers(options: AnswersOptions): AnswerCache {
  const { folder, version, maxAgeMs, onFault } = options;

  function find(key: string, tell: AnswersOptions['onFault']): KeptAnswer | null {
    try {
      const { head, ...answer } = readAnswer(pathOf(folder, key), version);
      const now = Date.now();
      const age = now - Date.parse(head.at);
      return age >= 0 && age <= maxAgeMs && now < Date.parse(head.until) ? { at: head.at, ...answer } : null;
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT') tell(`a kept answer is passed over: ${reasonOf(error)}`);
      return null;
    }
  }

  return {
    async open(key, signal) {
      const found = find(key, onFault);
      if (found !== null) return found;
      const findAgain = (): KeptAnswer | null => find(key, () => {});
      const lock = await lockUnlessAnswered(lockedPath(folder, key), findAgain, signal).catch((error: unknown) => {
        onFault(`other runs may ask the same at once: ${reasonOf(error)}`);
        return null;
      });
      return lock !== null && 'report' in lock ? lock : turnOf(options, key, lock);
    },
  };
}

/** The answers that are kept, the newest first; what can't be read is none. */
export function listAnswers(folder: string): ListedAnswer[] {
  return filesIn(folder)
    .filter(({ name }) => name.endsWith(ENDING))
    .flatMap(({ name, path, size }) => {
      try {
        return [{ key: name.slice(0, -ENDING.length), size, ...readHead(path) }];
      } catch {
        return [];
      }
    })
    .toSorted((one, other) => (one.at < other.at ? 1 : -1));
}

/** Removes all that is kept. Returns how many answers there were. */
export function clearAnswers(folder: string): number {
  const files = filesIn(folder).filter(({ name }) => /\.(?:answer|tmp)$/.test(name));
  for (const { path } of files) rmSync(path, { force: true });
  return files.filter(({ name }) => name.endsWith(ENDING)).length;
}

function pathOf(folder: string, key: string): string {
  return join(folder, `${key.replace(/^sha256:/, '')}${ENDING}`);
}

/** Long enough to be unique to a question, and short enough for the path of a socket. */
function lockedPath(folder: string, key: string): string {
  return join(folder, key.replace(/^sha256:/, '').slice(0, 32));
}

function turnOf({ folder, version, limits, onFault }: AnswersOptions, key: string, held: FileLock | null): Turn {
  let lock = held;
  const asked = new Date();
  return {
    keep(answer, instruction) {
      const { runId, totalCostUsd: costUsd, claude } = answer.report;
      const head: AnswerHead = {
        at: new Date().toISOString(),
        until: nextDay(asked).toISOString(),
        runId,
        model: claude.model,
        costUsd,
        instruction: instruction.slice(0, MOST_INSTRUCTION),
      };
      try {
        writeAnswer(pathOf(folder, key), version, head, answer);
        prune(folder, limits);
      } catch (error) {
        onFault(`the answer is not kept: ${reasonOf(error)}`);
      }
    },
    async end() {
      const released = lock;
      lock = null;
      await released?.release().catch(() => {});
    },
  };
}

/** When the day after a moment begins, where the machine stands. */
function nextDay(moment: Date): Date {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + 1);
}

/**
 * The lock of a file, or the answer that came of somebody else's. One other is waited for: where that had no answer for
 * others, nor has the next, those who wait would ask one after the other. Null where they ask at once, or the signal came.
 */
async function lockUnlessAnswered(
  path: string,
  find: () => KeptAnswer | null,
  signal: AbortSignal,
): Promise<FileLock | KeptAnswer | null> {
  const { lockFile } = await import('../../system/file-lock.ts');
  let waitedFor: number | null | undefined;
  while (!signal.aborted) {
    const lock = await lockFile(path);
    const found = find();
    if ('release' in lock) {
      if (found === null) return lock;
      await lock.release();
    }
    if (found !== null) return found;
    if ('release' in lock) continue;
    if (waitedFor === undefined) waitedFor = lock.heldBy;
    else if (lock.heldBy !== waitedFor) return null;
    await sleep(LOOK_MS * (0.5 + Math.random()), undefined, { signal }).catch(() => {});
  }
  return null;
}

/** Removes the oldest answers that exceed the limit, and locks that were left behind. */
function prune(folder: string, { runs, bytes, ageMs }: KeepLimits): void {
  const oldest = Date.now() - ageMs;
  let count = 0;
  let total = 0;
  for (const { name, path, size, writtenAt } of filesIn(folder)) {
    const isAnswer = name.endsWith(ENDING);
    if (isAnswer) {
      count++;
      total += size;
    }
    if (writtenAt < oldest || (isAnswer && (count > runs || total > bytes))) rmSync(path, { force: true });
  }
}

/** What lies in a folder, the newest first; nothing where there is none. */
function filesIn(folder: string) {
  return namesIn(folder)
    .flatMap((name) => {
      const path = join(folder, name);
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats === undefined ? [] : [{ name, path, size: stats.size, writtenAt: stats.mtimeMs }];
    })
    .toSorted((one, other) => other.writtenAt - one.writtenAt);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
