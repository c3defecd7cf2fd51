import { execFileSync } from 'node:child_process';
import { messageOf, systemCodeOf } from '../../errors.ts';
import {
  flawOfProc,
  isOver,
  lastId,
  mostIds,
  processIds,
  queueLimitOf,
  residentOf,
  type ResourceUse,
  resourceUseOf,
  statusOf,
  variableOf,
} from '../../system/process-files.ts';
import { monotonicMs } from '../../system/monotonic.ts';
import { createKnownStarts } from './known-starts.ts';
import { MARKER_NAME, type Marker } from './marker.ts';

/** One process that runs. Its id alone may be another's a moment later; the two together can't. */
export interface ProcessEntry {
  readonly pid: number;
  /** When it started, as the system writes it. */
  readonly start: string;
  readonly parent: number;
  /** Its process group, where the platform is asked for it. */
  readonly group?: number;
  /** The name of its command, fit to be printed. */
  readonly name: string;
}

/** The process that others come of, as it was when it had just started. */
export interface Origin {
  readonly pid: number;
  /** When it started, as the system writes it; null where that isn't known. */
  readonly start: string | null;
  /** When it was seen to run, monotonic, in milliseconds. */
  readonly seenAt: number;
}

/** How a platform shows its processes. */
export interface ProcessTable {
  /** Whether a process shows the marker it was started with. Where none does, what descends from claude must be noted. */
  readonly showsMarkers: boolean;
  /** Why it can't tell of our processes, now or later, or null. */
  flaw(): string | null;
  /**
   * All processes that started no earlier than the given one, zombies apart; or more than those.
   * @param foreign ids of processes that need not be looked at
   * @throws the system's error when it can't be told
   */
  read(since: Origin | null, foreign?: ReadonlySet<number>): readonly ProcessEntry[];
  /** When it was last read, for whatever run, monotonic, in milliseconds; -Infinity where it never was. */
  readAt(): number;
  /**
   * The id that was given last; null where that isn't told. As long as it stays the same, no process is started.
   * @throws the system's error when it can't be told now
   */
  lastId(): number | null;
  /** @throws the system's error when it can't be told */
  carries(entry: ProcessEntry, marker: Marker): boolean;
  /** Null for a process that is gone or nothing but a zombie. @throws the system's error when it can't be told */
  startOf(pid: number): string | null;
  /** Bytes of memory that a process takes (its resident set); 0 for one that is gone, null where it isn't told. */
  memoryOf(pid: number): number | null;
  /** Null for a process that has ended, and where it isn't told. @throws the system's error when it can't be told now */
  resourceUseOf(pid: number): ResourceUse | null;
}

/** How long `ps` may take, in milliseconds. */
const PS_TIMEOUT_MS = 5_000;

/** The table of this platform. */
export function processTable(): ProcessTable {
  if (process.platform === 'linux') return procTable;
  return process.platform === 'win32' ? noTable : psTable;
}

/** How many ids are given in a millisecond at most: more processes and threads than are started in one. */
const IDS_A_MS = 32;

let roundMs: number | null = null;

/** For how long no id is given twice, in milliseconds: it is only after all others. */
function idsGoRoundMs(): number {
  return (roundMs ??= mostIds() / IDS_A_MS);
}

/** Of all processes, for all runs: one that ends after another looks at much the same ones. */
const starts = createKnownStarts(idsGoRoundMs);

/** The lowest id that a process started since then may have; 0 where ids do not tell. */
function lowestIdSince(since: Origin | null): number {
  if (since === null || monotonicMs() - since.seenAt >= idsGoRoundMs()) return 0;
  return (lastId() ?? 0) < since.pid ? 0 : since.pid;
}

function idsNow(): readonly number[] {
  const ids = processIds();
  starts.look(ids, monotonicMs());
  return ids;
}

/** Linux: files that cost some microseconds each. */
const procTable: ProcessTable = {
  showsMarkers: true,
  flaw: flawOfProc,
  read(since, foreign) {
    const flaw = flawOfProc();
    // The ids of others would be those of some of ours.
    if (flaw !== null) throw new Error(flaw);
    const earliest = Number(since?.start ?? 0);
    const entries: ProcessEntry[] = [];
    const ids = idsNow();
    // Asked last: had they gone round before that, some of these would be lower ones.
    const lowest = lowestIdSince(since);
    for (const pid of ids) {
      if (pid < lowest || foreign?.has(pid)) continue;
      if ((starts.get(pid) ?? earliest) < earliest) continue;
      const status = statusOf(pid);
      if (status === null || isOver(status)) continue;
      starts.set(pid, Number(status.start));
      if (Number(status.start) < earliest) continue;
      const { start, parent, group, name } = status;
      entries.push({ pid, start, parent, group, name: printable(name) });
    }
    return entries;
  },
  readAt: () => starts.lookedAt(),
  lastId,
  // The limit first: to read an environment can mean to wait for a process that hangs.
  carries({ pid }, { id, limit }) {
    if (limit !== null) {
      const found = queueLimitOf(pid);
      if (found?.soft === limit.soft && found.hard === limit.hard) return true;
    }
    return variableOf(pid, MARKER_NAME)?.split(',').includes(id) ?? false;
  },
  startOf(pid) {
    const status = statusOf(pid);
    return status === null || isOver(status) ? null : status.start;
  },
  memoryOf: (pid) => residentOf(pid),
  resourceUseOf: (pid) => resourceUseOf(pid),
};

/** macOS and others, whose environments are hidden from us: what `ps` tells. */
export const psTable: ProcessTable = {
  showsMarkers: false,
  flaw() {
    try {
      ps('-p', String(process.pid));
      return null;
    } catch (error) {
      return `ps cannot be run (${systemCodeOf(error) ?? messageOf(error)})`;
    }
  },
  read: () => parseTable(ps('-axo', 'pid=,ppid=,stat=,lstart=,comm=')),
  readAt: () => Number.NEGATIVE_INFINITY,
  lastId: () => null,
  carries: () => false,
  startOf(pid) {
    const [entry] = parseTable(ps('-p', String(pid), '-o', 'pid=,ppid=,stat=,lstart=,comm='));
    return entry?.start ?? null;
  },
  memoryOf: (pid) => Number(ps('-p', String(pid), '-o', 'rss=')) * 1024,
  resourceUseOf: () => null,
};

/** Windows, where a tree can be ended only as long as its root lives. */
const noTable: ProcessTable = {
  showsMarkers: false,
  flaw: () => null,
  read: () => [],
  readAt: () => Number.NEGATIVE_INFINITY,
  lastId: () => null,
  carries: () => false,
  startOf: () => null,
  memoryOf: () => null,
  resourceUseOf: () => null,
};

function ps(...args: readonly string[]): string {
  const env = { PATH: process.env['PATH'], LC_ALL: 'C' };
  try {
    return execFileSync('ps', [...args], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: PS_TIMEOUT_MS,
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    // That is how it says that there is no such process.
    if (error instanceof Error && 'status' in error && error.status === 1) return '';
    throw error;
  }
}

/** Reads lines of `PID PPID STAT WEEKDAY MONTH DAY TIME YEAR COMMAND`; the five of the start are joined by `_`. */
export function parseTable(text: string): readonly ProcessEntry[] {
  return text.split('\n').flatMap((line) => {
    const [pid, parent, state, ...rest] = line.trim().split(/\s+/);
    if (state === undefined || isOver({ state })) return [];
    const name = rest.slice(5).join(' ');
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        start: rest.slice(0, 5).join('_'),
        name: printable(name.slice(name.lastIndexOf('/') + 1)),
      },
    ];
  });
}

/** A process chooses its name itself, escape sequences and all. */
function printable(name: string): string {
  return name.replaceAll(/\p{C}/gu, '?');
}
