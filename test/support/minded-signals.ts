import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Home } from './folder.ts';
import { processesOf } from './processes.ts';

/** Whether `/proc` says what processes do. */
export const HAS_PROC = existsSync('/proc/self/status');

/** The process of a home that runs a script with Node, if one does; not what started it. */
export function nodeThatRuns(script: string, home: Home): number | undefined {
  const found = [...processesOf(home.path)].find(([, line]) => {
    const [program = '', file = ''] = line.split(' ');
    return /\bnode$/.test(program) && file.endsWith(script);
  });
  return found?.[0];
}

/**
 * Waits until the sluice of a home does something about a signal, and gives its pid; 0 where nobody can tell. SIGHUP stands
 * for all that ask it to end: SIGINT and SIGTERM are minded by Node itself, from its start.
 */
export async function sluiceThatMinds(signal: 'SIGHUP' | 'SIGTSTP', home: Home): Promise<number> {
  if (!HAS_PROC) {
    await sleep(2_000);
    return 0;
  }
  for (let tries = 0; tries < 600; tries++) {
    const pid = nodeThatRuns('/sluice.js', home);
    if (pid !== undefined && minds(pid, signal)) return pid;
    await sleep(50);
  }
  throw new Error(`no sluice minds ${signal}`);
}

function minds(pid: number, signal: 'SIGHUP' | 'SIGTSTP'): boolean {
  const [, mask = '0'] = /^SigCgt:\s*(\w+)$/m.exec(statusOf(pid)) ?? [];
  return ((BigInt(`0x${mask}`) >> BigInt(constants.signals[signal] - 1)) & 1n) === 1n;
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
