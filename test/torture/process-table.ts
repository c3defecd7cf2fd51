import { readFileSync } from 'node:fs';
import { withoutDenied } from '../support/processes.ts';

/** A process of `/proc`; zombies have no environment and no command line. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Ticks since the system started: with the pid, it tells a process from a later one. */
  readonly startedAt: string;
  /** `R`, `S`, `T` (stopped), `Z` (zombie), … */
  readonly state: string;
  readonly commandLine: string;
  readonly environment: readonly string[];
}

/** The processes with these ids, as far as they are still there. */
export function processesOf(pids: readonly number[]): readonly Process[] {
  return pids.flatMap((pid) => processOf(pid) ?? []);
}

/** A process, unless it is gone. */
export function processOf(pid: number): Process | null {
  const stat = contentOf(`/proc/${pid}/stat`);
  if (stat === '') return null;
  // The name before it may hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = '', parent = ''] = fields;
  return {
    pid,
    parent: Number(parent),
    startedAt: fields[19] ?? '',
    state,
    commandLine: withoutDenied(contentOf(`/proc/${pid}/cmdline`))
      .replaceAll('\0', ' ')
      .trim(),
    environment: contentOf(`/proc/${pid}/environ`).split('\0'),
  };
}

/** What a process started, and what that started, as far as nobody between them is gone. */
export function descendantsOf(pid: number, processes: readonly Process[]): readonly Process[] {
  const children = processes.filter(({ parent }) => parent === pid);
  return children.flatMap((child) => [child, ...descendantsOf(child.pid, processes)]);
}

/** The value of a variable of a process's environment. */
export function variableOf({ environment }: Process, name: string): string | null {
  return environment.find((variable) => variable.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
