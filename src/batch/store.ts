import { existsSync, realpathSync, rmSync } from 'node:fs';
import { SluiceError } from '../errors.ts';
import { escapeJson } from '../sinks/safe-text.ts';
import { atomicFile } from '../sinks/file-output.ts';
import { leadsTo } from '../system/leads-to.ts';
import type { QueuedAs } from './journal/entry.ts';
import { type Journal, openJournal } from './journal/journal.ts';
import { fileGuard } from '../sinks/file-guard.ts';
import { checkResults, openResultsFile } from './outputs/results-file.ts';
import { openResultsFolder } from './outputs/results-folder.ts';
import type { Counts, Results } from './outputs/results.ts';
import type { Letter } from './progress/tally.ts';

/** All that a batch leaves behind: its results, and what is known of them. */
export interface Store {
  readonly journal: Journal;
  readonly results: Results;
  /** Whether a result is the one that counts for its item. */
  readonly counts: Counts;
  /** Leaves out results that others have taken the place of, and writes down what is not done, beside the output. */
  settle(letters: readonly Letter[]): Promise<void>;
  /** Lets others have it. */
  close(): Promise<void>;
}

/** Where a batch leaves its results, and what is known of them. */
export interface StorePaths {
  readonly out: string;
  /** Or a folder. */
  readonly isFile: boolean;
  readonly journal: string;
  /** What is not done. */
  readonly failed: string;
}

/**
 * All lie beside the output itself, whatever links lead there: under two names, two batches would not know of each other.
 * @throws SluiceError `usage` where there is neither a file nor a folder, `output_error`
 */
export function storePaths(path: string): StorePaths {
  const { path: file, stats } = fileGuard('--out', path).now(() => leadsTo(path));
  const isFile = stats?.isFile() ?? path.endsWith('.jsonl');
  if (!isFile && stats?.isDirectory() === false)
    throw new SluiceError('usage', `--out: ${path} is neither a file nor a folder; name one, or what is not there yet`);
  const out = stats?.isDirectory() === true ? realpathSync(path) : file;
  return { out, isFile, journal: `${out}.journal`, failed: `${out}.failed.jsonl` };
}

/**
 * Opens what there is at a path, or begins it: a file where the name ends in `.jsonl` or a file is there, otherwise a
 * folder. Beside it lie `PATH.journal` and `PATH.failed.jsonl`.
 * @param queue where the items are carried out; null: here
 * @throws SluiceError `locked`, `output_error`, `usage` also where something else is there
 */
export async function openStore(path: string, source: string, queue: QueuedAs | null = null): Promise<Store> {
  const { out, isFile, journal: journalPath, failed } = storePaths(path);
  if (isFile && !existsSync(journalPath)) checkResults(out);
  const journal = await openJournal(journalPath, source, queue);
  const { knowledge } = journal;
  try {
    const results = isFile ? openResultsFile(out, knowledge.end) : openResultsFolder(out);
    const counts: Counts = (result) => knowledge.items.get(result)?.state === 'done';
    return {
      journal,
      results,
      counts,
      async settle(letters) {
        if (knowledge.isSuperseded) await journal.settled((await results.settle(counts)) ?? 0);
        await writeLetters(failed, letters);
      },
      async close() {
        try {
          await results.close();
        } finally {
          await journal.close();
        }
      },
    };
  } catch (error) {
    await journal.close();
    throw error;
  }
}

/** None is left where all is done. @throws SluiceError `output_error` */
async function writeLetters(path: string, letters: readonly Letter[]): Promise<void> {
  if (letters.length === 0) rmSync(path, { force: true });
  else await atomicFile('--out', path).write(letters.map((letter) => `${escapeJson(letter)}\n`).join(''));
}
