import { readFileSync } from 'node:fs';
import { availableParallelism, freemem } from 'node:os';
import { limitCommand, limitsOf } from '../../claude/start/resource-limits.ts';
import { messageOf, type NameOption } from '../../errors.ts';
import type { RunRequest } from '../../request/run-request.ts';
import type { Finding } from '../finding.ts';
import type { Setup } from '../setup.ts';

const MEBIBYTE = 1024 * 1024;

/** What one claude takes, in bytes (2.1.197 and 2.1.332: 200 to 310 MiB). */
const ONE_CLAUDE = 310 * MEBIBYTE;

/** Open files that a run with its claude and some MCP servers stays well below. */
const FEW_FILES = 256;

/** What the machine, and whoever started us, leaves to a run. */
export function checkLimits({ env, cwd }: Setup, request: RunRequest, nameOption: NameOption): Finding[] {
  return [...memory(), ...openFiles(), ...resourceLimits({ env, cwd }, request, nameOption)];
}

function memory(): Finding[] {
  // The second is less where a container may have no more.
  const free = Math.min(freemem(), process.availableMemory());
  const size = `${Math.floor(free / MEBIBYTE)} MiB of memory, ${availableParallelism()} cores`;
  if (free >= ONE_CLAUDE) return [{ level: 'ok', what: size }];
  return [
    {
      level: 'warning',
      what: size,
      why: 'one claude takes about 310 MiB; with less, the system may kill it',
      fix: 'free -m',
    },
  ];
}

function openFiles(): Finding[] {
  const limit = openFilesLimit();
  if (limit === null || limit >= FEW_FILES) return [];
  return [
    {
      level: 'warning',
      what: `a process may have ${limit} files open`,
      why: 'claude and its tools need more',
      fix: 'ulimit -n 1024',
    },
  ];
}

function openFilesLimit(): number | null {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null;
  }
}

/** Those that are set can be had, or each run ends as `usage`. */
function resourceLimits(
  { env, cwd }: Pick<Setup, 'env' | 'cwd'>,
  request: RunRequest,
  nameOption: NameOption,
): Finding[] {
  try {
    const [program] = limitCommand(limitsOf(request), { path: env['PATH'], cwd, env });
    return program === undefined ? [] : [{ level: 'ok', what: `resource limits are set by ${program}` }];
  } catch (error) {
    return [{ level: 'error', what: messageOf(error, nameOption), why: 'each run would end as usage, exit code 2' }];
  }
}
