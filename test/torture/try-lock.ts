import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SCRIPT = fileURLToPath(new URL('processes/hold.ts', import.meta.url));

export interface LockTrial {
  /** How many had the lock, one after the other. */
  readonly had: number;
  /** Milliseconds from SIGKILL of who had it to the word of the next, in ascending order. */
  readonly waits: readonly number[];
  readonly problems: readonly string[];
  readonly ms: number;
}

/** A process that asks for the lock, and what it said last. */
interface Waiter {
  readonly child: ChildProcess;
  state: 'starting' | 'waiting' | 'held' | 'gone';
}

/**
 * Has so many processes wait for a lock, kills the one that has it by SIGKILL, so many times, and puts another in its place.
 * With `stopped`, so many of those at the head of the queue are stopped by SIGSTOP, and go on at the end.
 */
export async function tryLock(waiters: number, kills: number, stopped = 0): Promise<LockTrial> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-lock-'));
  const all = new Set<Waiter>();
  const problems: string[] = [];
  const waits: number[] = [];
  let had = 0;
  let wake = (): void => {};
  const holders = (): Waiter[] => [...all].filter(({ state }) => state === 'held');
  const start = performance.now();
  try {
    const script = await bundled(folder);
    const begin = (): Waiter => {
      const child = spawn(process.execPath, [script, join(folder, 'job')], { stdio: ['pipe', 'pipe', 'inherit'] });
      const waiter: Waiter = { child, state: 'starting' };
      all.add(waiter);
      child.stdout.on('data', (text) => {
        if (waiter.state === 'gone') return;
        waiter.state = String(text).includes('held') ? 'held' : 'waiting';
        if (waiter.state === 'held') had++;
        if (holders().length > 1) problems.push(`${holders().length} had the lock at once`);
        wake();
      });
      child.once('exit', () => wake());
      return waiter;
    };
    const until = async (isSo: () => boolean): Promise<void> => {
      for (const limit = performance.now() + PATIENCE_MS; !isSo();) {
        if (performance.now() > limit) throw new Error(`nobody had the lock for ${PATIENCE_MS} ms`);
        await Promise.race([new Promise<void>((resolve) => (wake = resolve)), pause()]);
      }
    };
    const kill = async (waiter: Waiter): Promise<number> => {
      const killed = performance.now();
      // From then on it has nothing, whatever of its words is still on the way.
      waiter.state = 'gone';
      waiter.child.kill('SIGKILL');
      await until(() => holders().length > 0);
      return performance.now() - killed;
    };

    const first = begin();
    await until(() => first.state === 'held');
    const halted: Waiter[] = [];
    for (let one = 0; one < waiters; one++) {
      const waiter = begin();
      if (halted.length >= stopped) continue;
      await until(() => waiter.state === 'waiting');
      waiter.child.kill('SIGSTOP');
      halted.push(waiter);
    }
    for (let round = 0; round < kills; round++) {
      await until(() => [...all].every(({ state }) => state !== 'starting'));
      const [holder] = holders();
      if (holder === undefined) throw new Error('nobody has the lock');
      waits.push(await kill(holder));
      all.delete(holder);
      if (round < kills - waiters + stopped) begin();
    }
    for (const { child } of halted) child.kill('SIGCONT');
    // Who went on has its turn, too.
    for (const waiter of halted) {
      for (const holder of holders().filter((one) => one !== waiter)) await kill(holder);
      await until(() => waiter.state !== 'waiting');
    }
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  } finally {
    await Promise.all(
      [...all].map(async ({ child }) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill('SIGKILL');
        await once(child, 'exit');
      }),
    );
    rmSync(folder, { recursive: true, force: true });
  }
  return { had, waits: waits.toSorted((one, other) => one - other), problems, ms: performance.now() - start };
}

/** How long nobody may have the lock before that is a failure. */
const PATIENCE_MS = 30_000;

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100).unref());
}

/** To have each process do that takes longer than what it is for. */
async function bundled(folder: string): Promise<string> {
  const outfile = join(folder, 'hold.mjs');
  await build({ entryPoints: [SCRIPT], outfile, bundle: true, format: 'esm', platform: 'node' });
  return outfile;
}
