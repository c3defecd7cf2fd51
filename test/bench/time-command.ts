import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What a command took, in milliseconds. */
export interface Timing {
  readonly wall: number;
  /** User and system time of the command and of all descendants that were waited for. */
  readonly cpu: number;
}

/** A command line, the program first. */
export type Command = readonly [string, ...string[]];

/**
 * Runs a command with empty stdin and discarded output, and times it by bash's own `time`, which asks the kernel for
 * the sum over the whole tree of processes.
 * @throws Error when the command fails
 */
export async function timeCommand(command: Command, env: NodeJS.ProcessEnv, cwd = process.cwd()): Promise<Timing> {
  const script = 'TIMEFORMAT="%3R %3U %3S"; { time "$@" </dev/null >/dev/null 2>&3; } 3>/dev/null';
  const bash = spawn('bash', ['-c', script, 'bash', ...command], {
    env,
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [report, [code]] = await Promise.all([text(bash.stderr), once(bash, 'exit')]);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}`);
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = report.trim().split(' ').map(Number);
  return { wall: wall * 1000, cpu: (user + system) * 1000 };
}
