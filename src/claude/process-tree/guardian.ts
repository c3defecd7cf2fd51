import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { flawOfProc, ownStart, statusOf } from '../../system/process-files.ts';
import { systemPath } from '../../system/system-path.ts';
import { GUARDIAN_NAME, GUARDIAN_SCRIPT } from './guardian-script.ts';
import type { Marker } from './marker.ts';

/** A process, told by its id and its start from all that will ever have that id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Null where it isn't known. */
  readonly start: string | null;
}

/** How often in a row a guardian that was killed is replaced. */
const MOST_RESTARTS = 10;

/** How often to look whether it is stopped, in milliseconds, and how often in a row it is woken before it is replaced. */
const WATCH_MS = 2_000;
const MOST_WAKINGS = 2;

/** How often a guardian has to be harmed in a run for that to be worth a word. */
const FEW = 2;

/** A guardian, by the line to it. */
interface Guardian {
  readonly line: Socket;
  /** Known a moment after its start. */
  pid?: number;
  /** How often in a row it was found stopped. */
  wakings: number;
}

/** A run that is guarded. */
interface Ward {
  /** What the guardian was told of it: a new one is told the same. */
  readonly lines: string[];
  /** How often guardians were harmed before it. */
  readonly harmedBefore: number;
}

const wards = new Map<string, Ward>();
let guardian: Guardian | null = null;
let restarts = 0;
let harmed = 0;
let watch: NodeJS.Timeout | undefined;
/** How many have asked for it to stay between runs. */
let holders = 0;

/**
 * Has a run guarded that is about to start: whatever bears its marker is ended when we can't do it. Starts the guardian
 * with the first. Where there is no `sh` (Windows) nothing is guarded.
 */
export function guard({ id, limit }: Marker): void {
  restarts = 0;
  wards.set(id, { lines: [], harmedBefore: harmed });
  // Once claude is started: a timer of Node's, the first of all, takes as long as to find claude.
  process.nextTick(keepWatch);
  tell(id, `run ${id} ${earliestStart() ?? '-'} ${limit?.soft ?? '-'} ${limit?.hard ?? '-'}\n`);
}

function keepWatch(): void {
  if (wards.size > 0) watch ??= setInterval(wake, WATCH_MS).unref();
}

/** Has a folder of a run removed with it; by a path without links. */
export function guardFolder(run: string, path: string): void {
  tell(run, `folder ${run} ${path.replaceAll(/[ \t\n\\]/g, inOctal)}\n`);
}

/** Tells the guardian of a process of a run. */
export function guardProcess(run: string, { pid, start }: ProcessIdentity): void {
  tell(run, `seen ${run} ${pid} ${start ?? '-'}\n`);
}

/**
 * Has the guardian, once it is started, stay while there is no run: to start it takes some milliseconds, for which the next run
 * would have to wait. Returns what ends that.
 */
export function keepGuardian(): () => void {
  let isHeld = true;
  holders += 1;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    holders -= 1;
    leaveIfIdle();
  };
}

/** Ends the guarding of a run; the guardian goes with the last. Tells what befell it meanwhile, a sentence each. */
export function dismiss(run: string): readonly string[] {
  const ward = wards.get(run);
  if (ward === undefined) return [];
  wake();
  const harm = describeHarm(harmed - ward.harmedBefore);
  wards.delete(run);
  guardian?.line.write(`done ${run}\n`);
  leaveIfIdle();
  return harm;
}

function leaveIfIdle(): void {
  if (wards.size > 0) return;
  clearInterval(watch);
  watch = undefined;
  if (holders > 0) return;
  guardian?.line.end();
  guardian = null;
}

/** The process that guards now, once it has said so. */
export function guardianPid(): number | undefined {
  return guardian?.pid;
}

function tell(run: string, line: string): void {
  const ward = wards.get(run);
  if (ward === undefined) return;
  ward.lines.push(line);
  // To a pipe with room, Node writes at once: a SIGKILL right after this finds the guardian informed.
  if (guardian === null) start();
  else guardian.line.write(line);
}

function start(): void {
  const line = spawnGuardian();
  if (line === null) return;
  const current: Guardian = { line, wakings: 0 };
  guardian = current;
  line.write([...wards.values()].flatMap(({ lines }) => lines).join(''));
  // Once claude is started, which need not wait until Node has begun to read.
  process.nextTick(() => line.on('data', (said) => (current.pid = Number.parseInt(String(said), 10))));
  // It is nobody's child, and so nobody's to wait for: its end of the line tells that it is gone.
  line.once('close', () => {
    if (guardian !== current) return;
    guardian = null;
    // One that never said its id was never there.
    if (current.pid === undefined || wards.size === 0) return;
    harmed++;
    if (restarts++ < MOST_RESTARTS) start();
  });
}

/** Lets a guardian go on that was stopped: it could not act. One that is stopped again and again is replaced. */
function wake(): void {
  if (guardian?.pid === undefined) return;
  if (!isStopped(guardian.pid)) {
    guardian.wakings = 0;
    return;
  }
  harmed++;
  send(guardian.pid, guardian.wakings++ < MOST_WAKINGS ? 'SIGCONT' : 'SIGKILL');
}

function describeHarm(times: number): readonly string[] {
  if (guardian === null && times > 0) {
    return [
      `the guardian was killed ${times} times and is gone: had sluice been killed too, nothing would have cleaned up`,
    ];
  }
  return times < FEW ? [] : [`the guardian was killed or stopped ${times} times, and replaced or woken`];
}

/**
 * In a session of its own, which no terminal's signal reaches; a grandchild whose parent is gone, which who ends a tree
 * of processes does not come upon (2.1.329 ends those of its tools so, a sluice among them); and with nothing of ours
 * open but the line. Null where there is no shell, or no room for another process: our own sweep is all there is then.
 */
function spawnGuardian(): Socket | null {
  try {
    const child = spawn('/bin/sh', ['-c', '/bin/sh -c "$1" "$0" <&3 3<&- &', GUARDIAN_NAME, GUARDIAN_SCRIPT], {
      cwd: '/',
      env: { PATH: systemPath(process.env['PATH']) },
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      detached: true,
    });
    child.on('error', () => {});
    child.unref();
    const [, , , line] = child.stdio;
    if (!(line instanceof Socket)) return null;
    line.on('error', () => {});
    line.unref();
    return line;
  } catch {
    return null;
  }
}

function earliestStart(): string | null {
  try {
    return ownStart();
  } catch {
    return null;
  }
}

function isStopped(pid: number): boolean {
  try {
    return flawOfProc() === null && statusOf(pid)?.state === 'T';
  } catch {
    return false;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone, which its end of the line tells.
  }
}

function inOctal(character: string): string {
  return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
