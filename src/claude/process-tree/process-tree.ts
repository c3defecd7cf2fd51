import { spawnSync } from 'node:child_process';
import { systemCodeOf } from '../../errors.ts';
import { monotonicMs } from '../../system/monotonic.ts';
import type { ResourceUse } from '../../system/process-files.ts';
import { dismiss, guard, guardFolder, guardianPid, guardProcess } from './guardian.ts';
import { GUARDIAN_NAME } from './guardian-script.ts';
import type { Marker } from './marker.ts';
import { findMembers, identityOf } from './members.ts';
import { type Origin, type ProcessEntry, type ProcessTable, processTable } from './process-table.ts';
import { namesOf, sweep, type Swept, withoutGuardians } from './sweep.ts';

/**
 * All processes of one run, wherever they went. On Linux they are told by their markers. On macOS, which shows none,
 * by having descended from claude when {@link ProcessTree.note} was called: best effort. On Windows only the tree below a
 * claude that still runs can be ended, by SIGTERM or SIGKILL.
 */
export interface ProcessTree {
  /** Has all that will come of the run guarded; to be called before any of it is there. */
  guard(): void;
  /** Has a folder guarded, by a path without links: the guardian removes it, too. To be called before it is made. */
  own(folder: string): void;
  /** To be called with claude as soon as it is spawned. */
  adopt(child: Spawned): void;
  /** Sends a signal to every process of the run that can be found now. Never throws. */
  signal(signal: NodeJS.Signals): void;
  /** Remembers which processes descend from claude now; does nothing where markers tell. Never throws. */
  note(): void;
  /**
   * Ends what is left after claude's exit: SIGTERM, SIGKILL after `graceMs` (at once for 0), for 5 s more at most. What
   * goes by itself within 100 ms isn't counted. Never rejects.
   */
  sweep(graceMs: number, share?: Share): Promise<Swept>;
  /**
   * To be called when claude is about to end, and takes its time: looks ahead, so that there need be no look, or a shorter one,
   * once it has. Never throws.
   */
  foresee(): void;
  /**
   * Whether none of it can be found now that claude has ended, by a look since which nothing was started, or by two in a row;
   * false where that can't be told. Never throws.
   */
  isGone(): boolean;
  /** The names of what still runs, less guardians of runs inside the run; none when that can't be told. */
  remaining(share?: Share): readonly string[];
  /** Bytes of memory that all of it takes now, shared pages counted by each; null where that can't be told. Never throws. */
  memory(): number | null;
  /** What claude itself has taken so far; null where that can't be told, and once its exit is known. Never throws. */
  resourceUse(): ResourceUse | null;
  /** Says that the run is over, and nothing is to be ended any more. Tells what befell the guardian, if anything did. */
  dismiss(): readonly string[];
}

/** What a tree has to know of a child process. */
export interface Spawned {
  readonly pid?: number | undefined;
  once(event: 'exit', listener: () => void): unknown;
}

/**
 * Which processes of a run are meant. `own`: those in claude's process group, where its helpers and MCP servers are.
 * `apart`: all others; each command of a tool and each hook is in a session of its own (2.1.197, 2.1.332). Only Linux tells
 * the two apart: elsewhere all are `apart`.
 */
export type Share = 'all' | 'own' | 'apart';

/** What a process tree needs besides its marker. */
export interface ProcessTreeOptions {
  /** How processes are seen and reached; this system's by default. */
  readonly table?: ProcessTable;
  readonly kill?: (pid: number, signal: NodeJS.Signals) => void;
}

/** The ids of all claudes of this process that have not exited: each is of one run, and none is given to another process. */
const running = new Set<number>();

/** For how long one look spares the next most of its work, in milliseconds: few processes are started meanwhile, and no id is given twice. */
const A_MOMENT_MS = 1_000;

/** How long Windows may take to end a tree, in milliseconds. */
const TASKKILL_TIMEOUT_MS = 5_000;

/** The processes of a run that is about to start. */
export function createProcessTree(marker: Marker, options: ProcessTreeOptions = {}): ProcessTree {
  const { table = processTable(), kill = process.kill } = options;
  const noted = new Set<string>();
  let claude: Origin | null = null;
  /** The id that had been given last, and when, before a look that found nothing but claude. */
  let alone: { readonly lastId: number; readonly at: number } | null = null;

  function find(): readonly ProcessEntry[] {
    const foreign = new Set([process.pid, guardianPid() ?? process.pid, ...running]);
    if (claude !== null) foreign.delete(claude.pid);
    return findMembers(table, { marker, claude, noted, foreign });
  }

  /** A look goes through ids as they were given, and misses only what is started meanwhile, or went round to lower ones. */
  function nothingStartedSince(lastId: number | null): boolean {
    return lastId === table.lastId() && isAfterClaude(lastId);
  }

  function isAfterClaude(id: number | null): boolean {
    return id !== null && claude !== null && claude.pid <= id;
  }

  function findShare(share: Share): readonly ProcessEntry[] {
    if (share === 'own' && !table.showsMarkers) return [];
    const isOwn = ({ group }: ProcessEntry): boolean => group !== undefined && group === claude?.pid;
    return find().filter((entry) => share === 'all' || isOwn(entry) === (share === 'own'));
  }

  function findOrNone(share: Share = 'all'): readonly ProcessEntry[] {
    try {
      return findShare(share);
    } catch {
      return [];
    }
  }

  function send({ pid, start }: ProcessEntry, signal: NodeJS.Signals): boolean {
    try {
      if (table.startOf(pid) === start) kill(pid, signal);
      return true;
    } catch (error) {
      return systemCodeOf(error) !== 'EPERM';
    }
  }

  return {
    guard: () => guard(marker),
    own: (folder) => guardFolder(marker.id, folder),
    adopt(child) {
      const { pid } = child;
      if (pid === undefined) return;
      running.add(pid);
      child.once('exit', () => running.delete(pid));
      claude = { pid, start: startOf(table, pid), seenAt: monotonicMs() };
      guardProcess(marker.id, claude);
    },
    signal(signal) {
      if (process.platform === 'win32' && claude !== null) endTree(claude.pid, signal);
      // Guardians do no harm, and have work left when all else is killed.
      for (const entry of findOrNone()) if (entry.name !== GUARDIAN_NAME) send(entry, signal);
    },
    note() {
      if (table.showsMarkers) return;
      for (const entry of findOrNone()) {
        const identity = identityOf(entry);
        if (noted.has(identity)) continue;
        noted.add(identity);
        guardProcess(marker.id, entry);
      }
    },
    async sweep(graceMs, share = 'all') {
      const flaw = table.flaw();
      if (flaw !== null) return { ended: [], left: [], unseen: flaw };
      return sweep({ find: () => findShare(share), kill: send }, graceMs);
    },
    foresee() {
      const at = monotonicMs();
      if (at - table.readAt() < A_MOMENT_MS) return;
      try {
        const lastId = table.lastId();
        if (lastId !== null && find().every(({ pid }) => pid === claude?.pid)) alone = { lastId, at };
      } catch {
        // There is a look once claude has ended.
      }
    },
    isGone() {
      try {
        const before = table.lastId();
        if (alone?.lastId === before && monotonicMs() - alone.at < A_MOMENT_MS && isAfterClaude(before)) return true;
        if (find().length > 0) return false;
        return nothingStartedSince(before) || find().length === 0;
      } catch {
        return false;
      }
    },
    remaining: (share) => namesOf(withoutGuardians(findOrNone(share))),
    memory() {
      try {
        const sizes = find().map(({ pid }) => table.memoryOf(pid));
        const known = sizes.filter((size) => size !== null);
        return known.length === 0 ? null : known.reduce((sum, size) => sum + size, 0);
      } catch {
        return null;
      }
    },
    resourceUse() {
      try {
        return claude && table.resourceUseOf(claude.pid);
      } catch {
        return null;
      }
    },
    dismiss: () => dismiss(marker.id),
  };
}

function startOf(table: ProcessTable, pid: number): string | null {
  try {
    return table.startOf(pid);
  } catch {
    return null;
  }
}

function endTree(pid: number, signal: NodeJS.Signals): void {
  if (signal !== 'SIGKILL' && signal !== 'SIGTERM') return;
  spawnSync('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore', timeout: TASKKILL_TIMEOUT_MS });
}
