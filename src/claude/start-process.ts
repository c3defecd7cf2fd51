import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { SluiceError, messageOf, systemCodeOf } from '../errors.ts';

/** What is started, and where its stdout goes. */
export interface ProcessOptions {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** The descriptor that becomes its stdout. */
  readonly stdout: number;
}

/** A process with pipes for stdin and stderr, and the spool for stdout. */
export type ClaudeProcess = ChildProcess & { readonly stdin: Writable; readonly stderr: Readable };

/**
 * Starts claude in a process group of its own.
 * @throws SluiceError as {@link startFailure}
 */
export function startProcess({ path, args, env, cwd, stdout }: ProcessOptions): ClaudeProcess {
  let child: ChildProcess;
  try {
    child = spawn(path, [...args], {
      cwd,
      env,
      stdio: ['pipe', stdout, 'pipe'],
      // A terminal's Ctrl-C must reach us alone, and one kill the whole group.
      detached: true,
    });
  } catch (error) {
    throw startFailure(path, error);
  }
  if (!hasPipes(child)) throw new SluiceError('internal', 'the system gave no pipes to talk to claude');
  return child;
}

function hasPipes(child: ChildProcess): child is ClaudeProcess {
  return child.stdin !== null && child.stderr !== null;
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
  return new SluiceError('claude_not_found', `${path} ${reason}: ${messageOf(error)}; pass --claude PATH`, cause);
}
