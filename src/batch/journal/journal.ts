import { messageOf, reasonOf, SluiceError, systemCodeOf } from '../../errors.ts';
import { openDurableFile } from '../../system/durable-file.ts';
import { describeHolder, lockFile } from '../../system/file-lock.ts';
import { linesOfFile } from '../../system/lines-of-file.ts';
import type { Item } from '../item.ts';
import { type Ended, type Entry, type Heading, type QueuedAs, readEntry, VERSION } from './entry.ts';
import { foldKnowledge, type Knowledge } from './known.ts';

/** What was done of a batch, line by line, beside its output. */
export interface Journal {
  /** What it says, what is added included. */
  readonly knowledge: Omit<Knowledge, 'see'>;
  /** Where its items are carried out; null: by those who have it. */
  readonly queue: QueuedAs | null;
  /** Lines of it that can't be read. */
  readonly strays: number;
  /** Settles once it is on the disk that an item is about to use a tool that may write. */
  writing(item: Pick<Item, 'id' | 'fingerprint'>, tool: string): Promise<void>;
  /** Settles once it is on the disk what became of an item. */
  ended(ending: Omit<Ended, 'entry'>): Promise<void>;
  /** Settles once it is on the disk that the output was written anew, and how long it is. */
  settled(end: number): Promise<void>;
  /** Lets others have it. */
  close(): Promise<void>;
}

/**
 * Opens a journal, or begins it, and keeps others from it.
 * @param source where the items are from: those of another batch are not to be mixed with them
 * @param queue where they are carried out, and what the batch is called there if it is new; null: by those who have the journal
 * @throws SluiceError `locked` where another batch has it, `usage` for that of another batch, or what is none,
 *   `output_error` where it can't be written, then and later
 */
export async function openJournal(path: string, source: string, queue: QueuedAs | null = null): Promise<Journal> {
  const lock = await locked(path);
  try {
    const knowledge = foldKnowledge();
    const { heading, strays } = readJournal(path, knowledge);
    if (heading !== null) checkHeading(path, heading, source, queue);
    const file = guarded(path, () => openDurableFile(path));
    const add = async (entry: Entry): Promise<void> => {
      try {
        await file.append(`${JSON.stringify(entry)}\n`);
      } catch (error) {
        throw unwritable(path, error);
      }
      knowledge.see(entry);
    };
    if (heading === null) {
      await add({ entry: 'batch', version: VERSION, source, ...(queue === null ? {} : { queue }) });
    }
    return {
      knowledge,
      queue: heading === null ? queue : (heading.queue ?? null),
      strays,
      writing: ({ id, fingerprint }, tool) => add({ entry: 'writing', id, fingerprint, tool }),
      ended: (ending) => add({ entry: 'ended', ...ending }),
      settled: (end) => add({ entry: 'settled', end }),
      async close() {
        try {
          await file.close();
        } finally {
          await lock.release();
        }
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function locked(path: string): Promise<{ release(): Promise<void> }> {
  let lock;
  try {
    lock = await lockFile(path);
  } catch (error) {
    throw unwritable(path, error);
  }
  if ('release' in lock) return lock;
  throw new SluiceError('locked', `${path}: another batch${describeHolder(lock)} is at work on it`);
}

/** The first line, null where there is none yet, and all others into what is known. */
function readJournal(path: string, knowledge: Knowledge): { heading: Heading | null; strays: number } {
  let heading: Heading | null = null;
  let strays = 0;
  try {
    for (const { text } of linesOfFile(path)) {
      const entry = readEntry(text);
      if (heading === null) heading = headingOf(path, entry);
      else if (entry === null) strays++;
      else knowledge.see(entry);
    }
  } catch (error) {
    if (error instanceof SluiceError) throw error;
    if (systemCodeOf(error) !== 'ENOENT')
      throw new SluiceError('usage', `${path} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
  return { heading, strays };
}

function headingOf(path: string, entry: Entry | null): Heading {
  if (entry?.entry === 'batch') return entry;
  throw new SluiceError('usage', `${path} is no journal of a batch; move it away, or name another --out`);
}

function checkHeading(
  path: string,
  { version, source, queue: own }: Heading,
  wanted: string,
  queue: QueuedAs | null,
): void {
  if (version > VERSION)
    throw new SluiceError(
      'usage',
      `${path} is of a newer sluice (its version is ${version}, not ${VERSION}); use that one`,
    );
  if (source !== wanted)
    throw new SluiceError(
      'usage',
      `${path} is the journal of another batch, of ${source}, not ${wanted}; name another --out, or move it away to begin anew`,
    );
  // What a worker may still be doing is not to be done a second time.
  if (own !== undefined && own.name !== queue?.name)
    throw new SluiceError(
      'usage',
      `${path} is the journal of a batch in the queue ${own.name}, where workers may have some of it; go on with that one (--queue, --queue-name)`,
    );
  if (own === undefined && queue !== null)
    throw new SluiceError(
      'usage',
      `${path} is the journal of a batch that was begun without --queue; go on without it, or name another --out`,
    );
}

function guarded<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): SluiceError {
  const why = systemCodeOf(error) === undefined ? messageOf(error) : reasonOf(error);
  return new SluiceError('output_error', `the journal ${path} cannot be written: ${why}`, { cause: error });
}
