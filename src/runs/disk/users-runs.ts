import { SluiceError } from '../../errors.ts';
import type { RunEvent } from '../../messages/types.ts';
import type { Ending } from '../../sinks/sink.ts';
import type { LiveRun } from '../live-run.ts';
import type { NewRun } from '../run-entry.ts';
import type { KeepLimits } from '../run-index.ts';
import { createRuns } from '../runs.ts';
import { createDiskRecords } from './disk-records.ts';
import { openState, type StateOptions } from './open-state.ts';

/** Takes down one run that a user started from the command line. */
export interface UsersRun {
  /** Takes down an event; it can be read from then on. */
  write(event: RunEvent): void;
  /** Takes down its end, and closes what was opened. */
  end(ending: Ending): Promise<void>;
}

export interface UsersRunOptions extends StateOptions {
  /** How much is kept of such runs; those of servers have bounds of their own. */
  readonly limits: KeepLimits;
}

/** What is known of such a run when it starts; every text in it must be redacted already. */
export type NewUsersRun = Pick<NewRun, 'runId' | 'asked' | 'labels' | 'receivedAt'>;

/** Whose runs they are where nobody has to prove who he is. */
const SUBJECT = 'command line';

/**
 * Opens a state folder for a run of its user, and sees to earlier ones whose processes died.
 * @throws SluiceError `usage` where there is no database to be had, or the folder can't be used
 */
export async function openUsersRuns(options: UsersRunOptions): Promise<(run: NewUsersRun) => UsersRun> {
  const { limits, onFault } = options;
  const as = { face: 'cli', adds: true, failure: 'cannot keep runs' } as const;
  return openState(options, as, async ({ folder, owner, index, seeToDead }) => {
    const records = createDiskRecords(folder.records);
    await seeToDead();
    const runs = createRuns({ index, records, limits, onFault });
    return (run) => {
      const live = begin(run);
      return {
        write: (event) => void live.sink.write(event),
        async end(ending) {
          live.ended(endedOf(ending), ending);
          runs.close();
          await owner.release().catch(onFault);
        },
      };
    };

    function begin(run: NewUsersRun): LiveRun {
      const begun = runs.begin({
        ...run,
        subject: SUBJECT,
        givenOut: { maxMessages: null, maxChars: null, noSystemMessages: false },
        key: null,
        digest: '',
        sessionId: null,
        callback: null,
      });
      if (begun.kind !== 'new') throw new SluiceError('internal', `there is a run ${run.runId} already`);
      begun.run.started();
      return begun.run;
    }
  });
}

function endedOf({ class: outcome }: Ending): string {
  switch (outcome) {
    case 'timeout':
      return 'timeout';
    case 'interrupted':
      return 'cancelled';
    default:
      return 'finished';
  }
}
