import { existsSync, readFileSync } from 'node:fs';
import { SluiceError, systemCodeOf, type Wording } from '../../errors.ts';
import type { RunRequest } from '../../request/run-request.ts';
import { processIds, type QueueLimit } from '../../system/process-files.ts';
import { programOnPath } from './locate.ts';

/** What a run may take of the machine. */
export interface ResourceLimits {
  /** Bytes of memory: of the whole run under systemd-run, of each process under prlimit. */
  readonly memory?: number | undefined;
  /** Milliseconds of processor time, of each process. */
  readonly cpuTime?: number | undefined;
  /** Processes and threads: those of the run under systemd-run, all that its user has under prlimit. */
  readonly processes?: number | undefined;
  /** What sets them; default: `auto`, the first that can. */
  readonly by?: 'auto' | 'systemd-run' | 'prlimit' | undefined;
}

/** What a request says of them. */
export function limitsOf({ maxMemory, maxCpuTime, maxProcesses, limitsBy }: LimitFields): ResourceLimits {
  return { memory: maxMemory, cpuTime: maxCpuTime, processes: maxProcesses, by: limitsBy };
}

type LimitFields = Pick<RunRequest, 'maxMemory' | 'maxCpuTime' | 'maxProcesses' | 'limitsBy'>;

/** Where the means to set resource limits are looked for. */
export interface LimitPlace {
  /** The `PATH` to look through, except for the working directory. */
  readonly path: string | undefined;
  readonly cwd: string;
  /** The environment that claude is started with. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Default: this one. */
  readonly machine?: Machine;
}

/** What is to be known of a machine. */
export interface Machine {
  readonly platform: string;
  /** The number of the user; 0 is root. */
  readonly user: number;
  /** Null for a file that can't be read. */
  read(file: string): string | null;
  exists(file: string): boolean;
}

/** What claude needs to start under RLIMIT_DATA: with 512 MiB, 2.1.197 and 2.1.329 abort. */
const LEAST_MEMORY = 1024 ** 3;

/** Seconds from SIGXCPU, which tells what happened, to SIGKILL. */
const GRACE_S = 5;

/**
 * The beginning of a command line that sets resource limits for the program that follows, by becoming that program: its id stays
 * the same. Empty where no resource limit is asked for.
 * @param mark a limit to set with them, which the processes of the run are known by; where there is nothing that sets it,
 * it is left out
 * @throws SluiceError `usage` where a resource limit can't be had, and why
 */
export function limitCommand(
  resourceLimits: ResourceLimits,
  place: LimitPlace,
  mark: QueueLimit | null = null,
): string[] {
  const { memory, cpuTime, processes, by = 'auto' } = resourceLimits;
  const { machine = thisMachine } = place;
  if ((memory ?? cpuTime ?? processes) === undefined) return limits({}, place, machine, mark);
  if (machine.platform !== 'linux')
    throw impossible('resource limits are set by systemd-run or prlimit, which Linux has');
  const shared = { memory, processes };
  if (by === 'systemd-run' && cpuTime !== undefined) {
    throw impossible((name) => {
      return `${name('maxCpuTime')}: systemd-run has no such limit; use ${name('limitsBy')} auto or prlimit`;
    });
  }
  const flaw = by === 'prlimit' || (memory ?? processes) === undefined ? '' : flawOfScope(shared, place, machine);
  if (flaw === null) return [...scope(shared, place, machine), ...limits({ cpuTime }, place, machine, mark)];
  if (by === 'systemd-run') throw impossible((name) => `${name('limitsBy')} systemd-run: ${flaw}`);
  return limits({ memory, cpuTime, processes }, place, machine, mark);
}

/** A scope of systemd's: control groups, which count all processes of a run together. */
function scope({ memory, processes }: ResourceLimits, place: LimitPlace, { user }: Machine): string[] {
  return [
    programOnPath('systemd-run', place) ?? 'systemd-run',
    '--scope',
    '--quiet',
    '--collect',
    ...(user === 0 ? [] : ['--user']),
    ...(memory === undefined ? [] : [`--property=MemoryMax=${memory}`, '--property=MemorySwapMax=0']),
    ...(processes === undefined ? [] : [`--property=TasksMax=${processes}`]),
    '--',
  ];
}

/** Why systemd can't do it, or null. It takes limits without a word that its control groups then don't know. */
function flawOfScope(
  { memory, processes }: ResourceLimits,
  place: LimitPlace,
  { user, read, exists }: Machine,
): string | null {
  if (programOnPath('systemd-run', place) === null) return 'there is no systemd-run on PATH';
  const runtime = place.env['XDG_RUNTIME_DIR'] ?? `/run/user/${user}`;
  if (!exists(user === 0 ? '/run/systemd/system' : `${runtime}/systemd/private`)) {
    return user === 0
      ? 'this system does not run systemd'
      : 'there is no systemd for this user; log in, or enable linger';
  }
  const group = user === 0 ? '' : `/user.slice/user-${user}.slice/user@${user}.service`;
  const controllers = read(`/sys/fs/cgroup${group}/cgroup.controllers`)?.trim().split(/\s+/) ?? [];
  const needed = [...(memory === undefined ? [] : ['memory']), ...(processes === undefined ? [] : ['pids'])];
  const missing = needed.find((name) => !controllers.includes(name));
  return missing === undefined ? null : `systemd has no control group for ${missing} here`;
}

/** Limits of the kernel's for each process (setrlimit(2)), which are inherited. */
function limits(
  { memory, cpuTime, processes }: ResourceLimits,
  place: LimitPlace,
  machine: Machine,
  mark: QueueLimit | null,
): string[] {
  const isFree = (memory ?? cpuTime ?? processes) === undefined;
  if (isFree && mark === null) return [];
  const prlimit = programOnPath('prlimit', place);
  if (prlimit === null && isFree) return [];
  if (prlimit === null)
    throw impossible('resource limits: there is no prlimit on PATH, and systemd-run cannot set them all');
  if (memory !== undefined && memory < LEAST_MEMORY) {
    throw impossible((name) => {
      return `${name('maxMemory')}: claude itself needs 1GiB under prlimit, which counts what is reserved too`;
    });
  }
  if (processes !== undefined) rejectUselessCount(processes, machine);
  const seconds = cpuTime === undefined ? undefined : Math.ceil(cpuTime / 1000);
  return [
    prlimit,
    ...(memory === undefined ? [] : [`--data=${memory}`]),
    ...(seconds === undefined ? [] : [`--cpu=${seconds}:${seconds + GRACE_S}`]),
    ...(processes === undefined ? [] : [`--nproc=${processes}`]),
    ...(mark === null ? [] : [`--msgqueue=${mark.soft}:${mark.hard}`]),
    '--',
  ];
}

function rejectUselessCount(processes: number, machine: Machine): void {
  if (machine.user === 0) {
    throw impossible((name) => {
      return `${name('maxProcesses')}: the limit of prlimit does not hold root; run as another user, or under systemd`;
    });
  }
  const running = tasksOf(machine);
  if (processes > running) return;
  throw impossible((name) => {
    return `${name('maxProcesses')}: prlimit counts all processes and threads of the user, who has ${running} now; allow more, or use systemd-run`;
  });
}

function tasksOf({ user, read }: Machine): number {
  return processIds()
    .map((pid) => read(`/proc/${pid}/status`) ?? '')
    .filter((status) => /^Uid:\s+(\d+)/m.exec(status)?.[1] === String(user))
    .reduce((sum, status) => sum + Number(/^Threads:\s+(\d+)/m.exec(status)?.[1] ?? 0), 0);
}

function impossible(problem: Wording): SluiceError {
  return new SluiceError('usage', problem);
}

const thisMachine: Machine = {
  platform: process.platform,
  user: process.getuid?.() ?? -1,
  exists: existsSync,
  read(file) {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      if (systemCodeOf(error) === undefined) throw error;
      return null;
    }
  },
};
