import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { messageOf, systemCodeOf } from '../errors.ts';

/** What Linux tells of one process in `/proc`. */
export interface ProcessStatus {
  /** `R`, `S`, `Z`, … (proc(5)). */
  readonly state: string;
  readonly parent: number;
  /** The process group, and the session. */
  readonly group: number;
  readonly session: number;
  /** The process group in the foreground of its controlling terminal; -1 without one. */
  readonly foreground: number;
  /** When it started, in clock ticks since the system did. */
  readonly start: string;
  /** The command's name, at most 15 bytes of it. */
  readonly name: string;
}

/** How many bytes of POSIX message queues a process may have, softly and at all. */
export interface QueueLimit {
  readonly soft: number;
  readonly hard: number;
}

/** What a process has taken of the machine since it was started. */
export interface ResourceUse {
  /** Milliseconds of processor time, also of the children that it has waited for. */
  readonly cpuMs: number;
  /** The most memory that it took itself, in bytes (its largest resident set); null once it has given that back, at its end. */
  readonly peakBytes: number | null;
}

/** Clock ticks of processor time are hundredths of a second, whatever the kernel counts by (`USER_HZ`). */
const TICK_MS = 10;

/** Errors of files in `/proc` that say: gone, or not ours to see. Any other must not pass for "no such process". */
const HIDDEN = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'ENOTDIR']);

/** The kernel's own default, and the least that systems are set up with. */
const USUAL_IDS = 32_768;

/** How many ids of processes there are: none is given again before all others were. */
export function mostIds(): number {
  try {
    return Number(contentOf('/proc/sys/kernel/pid_max')) || USUAL_IDS;
  } catch {
    return USUAL_IDS;
  }
}

let tellsLastId: boolean | undefined;

/** The id that was given last to a process or a thread; null where that isn't told. @throws the system's error when it can't be read now */
export function lastId(): number | null {
  const load = contentOf('/proc/loadavg');
  if (load === null) return null;
  // Containers may have another file over it, such as that of lxcfs, which is some seconds old.
  tellsLastId ??= statSync('/proc/loadavg').dev === statSync('/proc').dev;
  if (!tellsLastId) return null;
  return Number(load.split(' ').at(-1)) || null;
}

/** The ids of all processes. @throws the system's error when there is no `/proc` or it can't be read now */
export function processIds(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Null for a process that is gone. @throws the system's error when it can't be read now */
export function statusOf(pid: number | 'self'): ProcessStatus | null {
  const text = contentOf(`/proc/${pid}/stat`) ?? '';
  // The name may hold blanks and parentheses; nothing behind it does.
  const end = text.lastIndexOf(')');
  const [state, parent, group, session, , foreground, ...fields] = text.slice(end + 2).split(' ');
  const start = fields[13];
  if (end === -1 || state === undefined || start === undefined) return null;
  return {
    state,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    foreground: Number(foreground),
    start,
    name: text.slice(text.indexOf('(') + 1, end),
  };
}

/** Whether a process has ended: of a zombie there is only its exit code, and who waits for that isn't for us to say. */
export function isOver({ state }: { readonly state: string }): boolean {
  return /^[ZX]/.test(state);
}

let started: string | undefined;

/** When this process started; null where that isn't told. @throws the system's error when it can't be read now */
export function ownStart(): string | null {
  started ??= statusOf('self')?.start;
  return started ?? null;
}

/** Why `/proc` does not tell of the processes around this one, or null. */
export function flawOfProc(): string | null {
  try {
    return readlinkSync('/proc/self') === String(process.pid) ? null : '/proc tells of another namespace';
  } catch (error) {
    return `/proc cannot be read (${systemCodeOf(error) ?? messageOf(error)})`;
  }
}

/** Null where there is no such limit, or no number to it. @throws the system's error when it can't be read now */
export function queueLimitOf(pid: number | 'self'): QueueLimit | null {
  const limits = contentOf(`/proc/${pid}/limits`) ?? '';
  const [, soft, hard] = /^Max msgqueue size +(\d+) +(\d+) /m.exec(limits) ?? [];
  return soft === undefined || hard === undefined ? null : { soft: Number(soft), hard: Number(hard) };
}

/** Bytes of memory that a process takes (its resident set); 0 for one that is gone. @throws the system's error when it can't be read now */
export function residentOf(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(contentOf(`/proc/${pid}/status`) ?? '') ?? [];
  return Number(kibibytes ?? 0) * 1024;
}

/** Null for a process that nobody waits for any more. @throws the system's error when it can't be read now */
export function resourceUseOf(pid: number): ResourceUse | null {
  const text = contentOf(`/proc/${pid}/stat`) ?? '';
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  // The 14th to the 17th field (proc(5)), of which the name is the second.
  const ticks = fields.slice(11, 15);
  if (ticks.length < 4) return null;
  return {
    cpuMs: ticks.reduce((sum, some) => sum + Number(some), 0) * TICK_MS,
    peakBytes: isOver({ state: fields[0] ?? '' }) ? null : peakOf(pid),
  };
}

function peakOf(pid: number): number | null {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(contentOf(`/proc/${pid}/status`) ?? '') ?? [];
  return kibibytes === undefined ? null : Number(kibibytes) * 1024;
}

/**
 * A variable as a process was started with it, or null: also for a process of somebody else, and one that has written
 * over it. @throws the system's error when it can't be read now
 */
export function variableOf(pid: number, name: string): string | null {
  const environment = contentOf(`/proc/${pid}/environ`) ?? '';
  const prefix = `${name}=`;
  if (environment.startsWith(prefix)) return environment.slice(prefix.length, endOf(environment, 0));
  const before = environment.indexOf(`\0${prefix}`);
  return before === -1 ? null : environment.slice(before + 1 + prefix.length, endOf(environment, before + 1));
}

function endOf(environment: string, start: number): number | undefined {
  const end = environment.indexOf('\0', start);
  return end === -1 ? undefined : end;
}

/** Null for a file that is gone or closed to us. As UTF-8, which Node reads in one go. */
function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (HIDDEN.has(systemCodeOf(error) ?? '')) return null;
    throw error;
  }
}
