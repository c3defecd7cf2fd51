import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { basename } from 'node:path';
import { reasonOf, SluiceError, systemCodeOf } from '../../errors.ts';
import { isOver, type ProcessStatus, statusOf } from '../../system/process-files.ts';
import type { Workplace } from '../workplace.ts';
import { monotonicMs } from '../../system/monotonic.ts';

/** What is started, and where its stdout goes. */
export interface ProcessOptions {
  readonly path: string;
  readonly args: readonly string[];
  /**
   * Beginnings of command lines, of programs that become the one that follows; an empty one is that program itself. The
   * first that does so is taken, or else the last, whatever comes of it.
   */
  readonly wrappers: readonly (readonly string[])[];
  readonly env: Readonly<Record<string, string>>;
  readonly workplace: Workplace;
  /** The descriptor that becomes its stdout. */
  readonly stdout: number;
}

/** A process with pipes for stdin and stderr, and the spool for stdout. */
export type ClaudeProcess = ChildProcess & { readonly stdin: Writable; readonly stderr: Readable };

/** How long to look whether a wrapper becomes claude, and how often, in milliseconds. It takes less than one. */
const BECOMING_MS = 100;
const LOOK_MS = 0.2;

/**
 * Starts claude in a process group of its own.
 * @throws SluiceError as {@link startFailure}, or `usage` when it is not where it is to work
 */
export function startProcess(options: ProcessOptions): ClaudeProcess {
  const [wrapper = [], ...others] = options.wrappers;
  const child = startUnder(wrapper, options);
  if (others.length === 0 || (child.pid !== undefined && becomesAnother(child.pid, wrapper))) return child;
  abandon(child);
  return startProcess({ ...options, wrappers: others });
}

function startUnder(wrapper: readonly string[], { path, args, env, workplace, stdout }: ProcessOptions): ClaudeProcess {
  const [program = path, ...rest] = [...wrapper, path, ...args];
  let child: ChildProcess;
  try {
    // Not by execa, as what helps is started: to load it takes longer than this may wait, and it has no stdio of ours to tend.
    child = spawn(program, rest, {
      cwd: workplace.entrance,
      env,
      stdio: ['pipe', stdout, 'pipe'],
      // A terminal's Ctrl-C must reach us alone, and one kill the whole group.
      detached: true,
    });
  } catch (error) {
    throw startFailure(path, error);
  }
  confirmPlace(workplace, child);
  if (hasPipes(child)) return child;
  // What it reports a moment later is no more than that.
  child.on('error', () => {});
  throw new SluiceError('internal', 'the system has no pipes to talk to claude: too many open files');
}

/**
 * Whether a process becomes another program than its wrapper's. One that ends as the wrapper could do so as little as
 * what it was to become can be started, and that is told best by starting that by itself.
 */
function becomesAnother(pid: number, wrapper: readonly string[]): boolean {
  const names = wrapper.filter((_, index) => index === 0 || wrapper[index - 1] === '--').map((path) => basename(path));
  for (const begun = monotonicMs(); monotonicMs() - begun < BECOMING_MS; pause(LOOK_MS)) {
    const status = lookAt(pid);
    // Nobody asks for the exit code of a process that is gone before this returns to the event loop.
    if (status === null || !names.includes(status.name)) return true;
    if (isOver(status)) return false;
  }
  return true;
}

/** Null also where it can't be read just now, which is no reason to doubt the wrapper. */
function lookAt(pid: number): ProcessStatus | null {
  try {
    return statusOf(pid);
  } catch {
    return null;
  }
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function abandon(child: ClaudeProcess): void {
  child.on('error', () => {});
  child.stdin.on('error', () => {}).destroy();
  child.stderr.destroy();
}

function confirmPlace({ confirm }: Workplace, child: ChildProcess): void {
  try {
    if (child.pid !== undefined) confirm(child.pid);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** Node makes none, and leaves them undefined, where descriptors have run out. */
function hasPipes(child: ChildProcess): child is ClaudeProcess {
  return Boolean(child.stdin) && Boolean(child.stderr);
}

/** Why a process could not be started: `claude_not_found`, `usage` for what it was given, or `internal`. */
export function startFailure(path: string, error: unknown): SluiceError {
  const code = systemCodeOf(error);
  const reason =
    code === 'ENOEXEC' || code === 'EACCES' ? 'is not a program that can be run here' : `could not be started`;
  const cause = { cause: error };
  if (code === 'ERR_INVALID_ARG_VALUE') {
    return new SluiceError('usage', 'an option for claude holds a NUL character', cause);
  }
  if (code === 'E2BIG') {
    return new SluiceError(
      'usage',
      'the options for claude are too long for a command line; give them as files',
      cause,
    );
  }
  if (code === 'EMFILE' || code === 'ENFILE' || code === 'EAGAIN' || code === 'ENOMEM') {
    return new SluiceError('internal', `the system has no room to start claude (${code})`, cause);
  }
  return new SluiceError(
    'claude_not_found',
    (name) => `${path} ${reason}: ${reasonOf(error)}; pass ${name('claudePath', 'PATH')}`,
    cause,
  );
}
