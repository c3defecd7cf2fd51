import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { GUARDIAN_SCRIPT } from './guardian-script.ts';
import type { Marker } from './marker.ts';

/** A process, told by its id and its start from all that will ever have that id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Null where it isn't known. */
  readonly start: string | null;
}

/** A run that the guardian ends when we can't. */
export interface Ward {
  readonly marker: Marker;
  readonly claude: ProcessIdentity;
  /** A private folder to remove with it. */
  readonly folder: string;
}

/** How often in a row a guardian that was killed is replaced. */
const MOST_RESTARTS = 10;

/** Where the programs of the script usually are; the user's own folders come after them. */
const SYSTEM_PATH = '/usr/bin:/bin:/usr/sbin:/sbin';

let guardian: ChildProcess | null = null;
let restarts = 0;

/** What the guardian was told of each run, by its id: a new one is told the same. */
const lines = new Map<string, string[]>();

/** Has a run guarded; starts the guardian with the first. Where there is no `sh` (Windows) nothing is guarded. */
export function guard(ward: Ward): void {
  restarts = 0;
  tell(ward.marker.id, runLine(ward));
}

/** Tells the guardian of a process that shows no marker. */
export function guardProcess(run: string, { pid, start }: ProcessIdentity): void {
  if (lines.has(run)) tell(run, `seen ${run} ${pid} ${start ?? '-'}\n`);
}

/** Ends the guarding of a run; the guardian goes with the last. */
export function dismiss(run: string): void {
  if (!lines.delete(run)) return;
  guardian?.stdin?.write(`done ${run}\n`);
  if (lines.size > 0) return;
  guardian?.stdin?.end();
  guardian = null;
}

/** The process that guards now, if one does. */
export function guardianPid(): number | undefined {
  return guardian?.pid;
}

function tell(run: string, line: string): void {
  const told = lines.get(run);
  if (told === undefined) lines.set(run, [line]);
  else told.push(line);
  // To a pipe with room, Node writes at once: a SIGKILL right after this finds the guardian informed.
  if (guardian === null) start();
  else guardian.stdin?.write(line);
}

function start(): void {
  const child = spawnGuardian();
  if (child === null) return;
  guardian = child;
  child.stdin?.write([...lines.values()].flat().join(''));
  // No shell, or no room for another process: what our own sweep ends is all there is then, until the next run.
  child.once('error', () => forget(child));
  child.once('exit', () => {
    if (forget(child) && lines.size > 0 && restarts++ < MOST_RESTARTS) start();
  });
}

function forget(child: ChildProcess): boolean {
  const current = guardian === child;
  if (current) guardian = null;
  return current;
}

/** In a session of its own, which no terminal's signal reaches, and with nothing of ours open but the pipe. */
function spawnGuardian(): ChildProcess | null {
  const path = process.env['PATH'];
  try {
    const child = spawn('/bin/sh', ['-c', GUARDIAN_SCRIPT, 'sluice-guardian'], {
      cwd: '/',
      env: { PATH: path === undefined ? SYSTEM_PATH : `${SYSTEM_PATH}:${path}` },
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    child.stdin?.on('error', () => {});
    child.unref();
    if (child.stdin instanceof Socket) child.stdin.unref();
    return child;
  } catch {
    return null;
  }
}

function runLine({ marker: { id, limit }, claude: { pid, start }, folder }: Ward): string {
  // A line can't tell of a folder with a line's end in its name.
  const removable = /[\n\0]/.test(folder) ? '-' : `${folder}/`;
  return `run ${id} ${pid} ${start ?? '-'} ${limit?.soft ?? '-'} ${limit?.hard ?? '-'} ${removable}\n`;
}
