import type { SharedBook } from '../../quotas/book.ts';
import { usedByDead } from '../../quotas/used-by.ts';
import type { Orphan } from '../orphan.ts';
import type { DiskIndex } from './disk-index.ts';
import type { RecordFiles } from './record-files.ts';
import { settleInterrupted } from './settle-interrupted.ts';
import { forDeadOwner, ownersIn } from './owner.ts';
import type { StateFolder } from './state-folder.ts';

/** Where dead processes are looked for, and for whom. */
export interface Looking {
  /** Told what could not be read. */
  readonly onFault: (error: unknown) => void;
  readonly onOrphan: (orphan: Orphan) => void;
  readonly folder: StateFolder;
  readonly index: DiskIndex;
  readonly book: SharedBook;
  readonly records: Pick<RecordFiles, 'pathOf'>;
  readonly own: string;
}

/** Tells what came of runs whose processes are dead, of the face of an index, and what they used. */
export async function seeToDead({ folder, index, book, records, own, onFault, onOrphan }: Looking): Promise<void> {
  const others = new Set([...ownersIn(folder.owners), ...index.owners(), ...book.others()].filter((id) => id !== own));
  for (const id of others) {
    await forDeadOwner(folder.owners, id, async () => {
      for (const run of index.unfinished(id)) {
        const change = await settleInterrupted(run, records.pathOf(run.runId), onFault);
        book.together(() => {
          index.change(run.runId, change);
          index.adopt(run.runId);
          book.settle(run.runId, usedByDead(change.report ?? null));
        });
        onOrphan({ kind: 'interrupted', run: { ...run, ...change } });
      }
      for (const run of index.untold(id)) {
        index.adopt(run.runId);
        onOrphan({ kind: 'untold', run });
      }
      book.abandon(id);
    });
  }
}
