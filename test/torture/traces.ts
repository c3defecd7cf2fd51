import type { Place } from './place.ts';
import { processIds } from '../support/processes.ts';
import { type Process, processesOf, variableOf } from './process-table.ts';

/** The variable by which sluice finds what a run started. */
export const MARKER = 'SLUICE_RUN';

/** How the processes of a run are told from others. */
export interface Trace {
  readonly place: Place;
  /** The value of `SLUICE_RUN` in its claude's environment; a nested run's value contains it. */
  readonly marker: string | null;
  /** Those that were seen while it ran. */
  readonly seen: readonly Process[];
}

/** The processes of a run that are still there, zombies aside. */
export function tracked({ place, marker, seen }: Trace): readonly Process[] {
  const known = new Set(seen.map(identityOf));
  // Of most processes not even the name has to be read.
  const possible = processIds().filter((pid) => !place.foreign.has(pid));
  return processesOf(possible).filter(
    (process) =>
      process.state !== 'Z' &&
      (process.commandLine.includes(place.token) ||
        process.environment.includes(`HOME=${place.home}`) ||
        (marker !== null && variableOf(process, MARKER)?.includes(marker)) ||
        known.has(identityOf(process))),
  );
}

function identityOf({ pid, startedAt }: Process): string {
  return `${pid} ${startedAt}`;
}
