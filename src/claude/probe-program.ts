import { execa } from 'execa';

/** A program, and how it is started. */
export interface Program {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** How long it may take to answer, in milliseconds; claude takes 20 to 900 for its version (2.1.332, 1.0.128). */
const WITHIN_MS = 5_000;

/** How much of what it prints is looked at, in characters; what prints more is ended. */
const LONGEST = 4_000;

/**
 * What a program prints on stdout for some arguments; nothing where it can't be started. Never rejects; what has not ended
 * by then is killed.
 */
export async function probeProgram(
  { path, env, cwd }: Program,
  args: readonly string[],
  withinMs = WITHIN_MS,
): Promise<string> {
  const child = execa(path, args, {
    env,
    extendEnv: false,
    cwd,
    stdin: 'ignore',
    stderr: 'ignore',
    detached: true,
    maxBuffer: LONGEST,
    reject: false,
  });
  const timer = setTimeout(() => {
    kill(child.pid);
    child.stdout.destroy();
  }, withinMs);
  const { stdout } = await child;
  clearTimeout(timer);
  return stdout;
}

/** Whether a program says of itself that it is Claude Code when it is asked for its version: `2.1.197 (Claude Code)`. */
export async function saysItIsClaude(program: Program, withinMs = WITHIN_MS): Promise<boolean> {
  return /\bClaude Code\b/.test(await probeProgram(program, ['--version'], withinMs));
}

/** With all that it started, which may be what holds its stdout open. */
function kill(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}
