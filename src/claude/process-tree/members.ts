import type { ProcessIdentity } from './guardian.ts';
import type { Marker } from './marker.ts';
import type { Origin, ProcessEntry, ProcessTable } from './process-table.ts';

/** What the processes of a run are known by. */
export interface Signs {
  readonly marker: Marker;
  readonly claude: Origin | null;
  /** Processes that were seen to descend from claude, by id and start. */
  readonly noted: ReadonlySet<string>;
  /** Ids that never belong to the run: our own, our guardian's, those of other runs' claudes. */
  readonly foreign: ReadonlySet<number>;
}

/**
 * The processes of a run that can be found now: claude itself, those with a marker of it, those noted, and all that
 * descend from one of these.
 * @throws the system's error when it can't be told
 */
export function findMembers(table: ProcessTable, signs: Signs): readonly ProcessEntry[] {
  const { marker, claude, noted, foreign } = signs;
  const others = table.read(claude, foreign).filter(({ pid }) => !foreign.has(pid));
  const found = new Map<number, ProcessEntry>();
  for (const entry of others) {
    if (isSame(entry, claude) || noted.has(identityOf(entry)) || table.carries(entry, marker)) {
      found.set(entry.pid, entry);
    }
  }
  // A child may have a lower id than its parent, so this goes round until nothing is added.
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const entry of others) if (found.has(entry.parent)) found.set(entry.pid, entry);
  }
  return [...found.values()];
}

/** An entry as a text that no later process with its id shares. */
export function identityOf({ pid, start }: ProcessIdentity): string {
  return `${pid} ${start}`;
}

function isSame(entry: ProcessEntry, claude: ProcessIdentity | null): boolean {
  return claude !== null && claude.start !== null && identityOf(entry) === identityOf(claude);
}
