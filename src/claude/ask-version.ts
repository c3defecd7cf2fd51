import { type ChildProcess, spawn } from 'node:child_process';

/** A program, and how it is started. */
export interface Program {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** How long it may take to tell its version, in milliseconds; claude takes 20 to 900 (2.1.332, 1.0.128). */
const WITHIN_MS = 5_000;

/** How much of what it prints is looked at, in characters. */
const LONGEST = 1_000;

/**
 * Whether a program says of itself that it is Claude Code when it is asked for its version: `2.1.197 (Claude Code)`. Never
 * rejects; what has not told by then is killed.
 */
export async function saysItIsClaude({ path, env, cwd }: Program, withinMs = WITHIN_MS): Promise<boolean> {
  let said = '';
  await new Promise<void>((resolve) => {
    let child: ChildProcess;
    try {
      child = spawn(path, ['--version'], { env, cwd, stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    } catch {
      return resolve();
    }
    const timer = setTimeout(() => {
      kill(child);
      child.stdout?.destroy();
    }, withinMs);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(0, LONGEST);
    });
    child.once('error', resolve);
    child.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  return /\bClaude Code\b/.test(said);
}

/** With all that it started, which may be what holds its stdout open. */
function kill(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}
