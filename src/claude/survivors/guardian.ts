import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { GUARDIAN_NAME, GUARDIAN_SCRIPT } from './guardian-script.ts';
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

/** A guardian, by the line to it. */
interface Guardian {
  readonly line: Socket;
  /** Known a moment after its start. */
  pid?: number;
}

let guardian: Guardian | null = null;
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
  guardian?.line.write(`done ${run}\n`);
  if (lines.size > 0) return;
  guardian?.line.end();
  guardian = null;
}

/** The process that guards now, once it has said so. */
export function guardianPid(): number | undefined {
  return guardian?.pid;
}

function tell(run: string, line: string): void {
  const told = lines.get(run);
  if (told === undefined) lines.set(run, [line]);
  else told.push(line);
  // To a pipe with room, Node writes at once: a SIGKILL right after this finds the guardian informed.
  if (guardian === null) start();
  else guardian.line.write(line);
}

function start(): void {
  const line = spawnGuardian();
  if (line === null) return;
  const current: Guardian = { line };
  guardian = current;
  line.write([...lines.values()].flat().join(''));
  line.on('data', (said) => (current.pid = Number.parseInt(String(said), 10)));
  // It is nobody's child, and so nobody's to wait for: its end of the line tells that it is gone.
  line.once('close', () => {
    if (guardian !== current) return;
    guardian = null;
    // One that never said its id was never there.
    if (current.pid !== undefined && lines.size > 0 && restarts++ < MOST_RESTARTS) start();
  });
}

/**
 * In a session of its own, which no terminal's signal reaches; a grandchild whose parent is gone, which who ends a tree
 * of processes does not come upon (2.1.329 ends those of its tools so, a sluice among them); and with nothing of ours
 * open but the line. Null where there is no shell, or no room for another process: our own sweep is all there is then.
 */
function spawnGuardian(): Socket | null {
  const path = process.env['PATH'];
  try {
    const child = spawn('/bin/sh', ['-c', '/bin/sh -c "$1" "$0" <&3 3<&- &', GUARDIAN_NAME, GUARDIAN_SCRIPT], {
      cwd: '/',
      env: { PATH: path === undefined ? SYSTEM_PATH : `${SYSTEM_PATH}:${path}` },
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

function runLine({ marker: { id, limit }, claude: { pid, start }, folder }: Ward): string {
  // A line can't tell of a folder with a line's end in its name.
  const removable = /[\n\0]/.test(folder) ? '-' : `${folder}/`;
  return `run ${id} ${pid} ${start ?? '-'} ${limit?.soft ?? '-'} ${limit?.hard ?? '-'} ${removable}\n`;
}
