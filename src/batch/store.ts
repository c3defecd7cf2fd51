import { rmSync, statSync } from 'node:fs';
import { escapeJson } from '../sinks/safe-text.ts';
import { atomicFile } from '../sinks/file-output.ts';
import type { QueuedAs } from './journal/entry.ts';
import { type Journal, openJournal } from './journal/journal.ts';
import { openResultsFile } from './outputs/results-file.ts';
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

/**
 * Opens what there is at a path, or begins it: a file where the name ends in `.jsonl` or a file is there, otherwise a
 * folder. Beside it lie `PATH.journal` and `PATH.failed.jsonl`.
 * @param queue where the items are carried out; null: here
 * @throws SluiceError `locked`, `usage`, `output_error`
 */
export async function openStore(path: string, source: string, queue: QueuedAs | null = null): Promise<Store> {
  const journal = await openJournal(`${path}.journal`, source, queue);
  const { knowledge } = journal;
  try {
    const results = isFile(path) ? openResultsFile(path, knowledge.end) : openResultsFolder(path);
    const counts: Counts = ({ id, fingerprint }) => {
      const known = knowledge.items.get(id);
      return known?.state === 'done' && known.fingerprint === fingerprint;
    };
    return {
      journal,
      results,
      counts,
      async settle(letters) {
        if (knowledge.isSuperseded) await journal.settled((await results.settle(counts)) ?? 0);
        writeLetters(`${path}.failed.jsonl`, letters);
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

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? path.endsWith('.jsonl');
}

/** None is left where all is done. */
function writeLetters(path: string, letters: readonly Letter[]): void {
  if (letters.length === 0) rmSync(path, { force: true });
  else void atomicFile('--out', path).write(letters.map((letter) => `${escapeJson(letter)}\n`).join(''));
}
