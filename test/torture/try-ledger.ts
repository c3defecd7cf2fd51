import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { parseQuota } from '../../src/quotas/quota.ts';
import { openDiskLedger } from '../../src/runs/disk/disk-ledger.ts';
import { isBooked, type Ledger } from '../../src/quotas/ledger.ts';
import { ACCOUNT, USED } from './ledger-jobs.ts';

const SCRIPT = fileURLToPath(new URL('processes/book.ts', import.meta.url));

export interface LedgerTrial {
  /** What the processes were told: jobs that were booked, refused, and settled. */
  readonly booked: number;
  readonly refused: number;
  readonly settled: number;
  readonly killed: number;
  /** What stands in the ledger. */
  readonly used: { readonly requests: number; readonly usd: number; readonly tokens: number };
  readonly problems: readonly string[];
  readonly ms: number;
}

/**
 * Has so many processes book so many jobs each on one account, and kills some by SIGKILL in the middle, each at another
 * moment. Of the jobs of those that live, one in ten is more than the quota has room for.
 */
export async function tryLedger(processes: number, jobs: number, kills: number): Promise<LedgerTrial> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-ledger-'));
  const quota = Math.floor((processes - kills) * jobs * 0.9);
  try {
    const script = await bundled(folder);
    const start = performance.now();
    const ends = await Promise.all(
      Array.from({ length: processes }, (_, index) => {
        // Who is to be killed goes on until then.
        const [many, killedAfter] = index < kills ? [Infinity, 1 + ((index * 7) % jobs)] : [jobs, null];
        return book([script, join(folder, 'state'), String(many), `${quota}requests/month`], killedAfter);
      }),
    );
    const told = ends.flatMap(({ lines }) => lines);
    const count = (word: string): number => told.filter((line) => line === word).length;
    const killed = ends.filter(({ isKilled }) => isKilled).length;
    const used = await read(join(folder, 'state'));
    const trial = { booked: count('booked'), refused: count('refused'), settled: count('settled'), killed, used };
    const problems = [...ends.flatMap((end) => end.problems), ...problemsOf(trial, quota)];
    return { ...trial, problems, ms: performance.now() - start };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function problemsOf(
  { settled, killed, used }: Pick<LedgerTrial, 'settled' | 'killed' | 'used'>,
  quota: number,
): readonly string[] {
  const { requests, usd, tokens } = used;
  return [
    ...(requests < settled ? [`${settled - requests} updates were lost`] : []),
    // Who is killed may have written what it could not tell of any more.
    ...(requests > settled + killed ? [`${requests - settled} updates came from nowhere`] : []),
    ...(requests > quota ? [`${requests} of ${quota} were let in`] : []),
    ...(Math.abs(usd - requests * USED.usd) > 1e-9 || tokens !== requests * USED.tokens
      ? [`${requests} jobs used $${usd} and ${tokens} tokens`]
      : []),
  ];
}

/** To have each process do that takes longer than what it is for. */
async function bundled(folder: string): Promise<string> {
  const outfile = join(folder, 'book.mjs');
  const libsql = createRequire(import.meta.url).resolve('libsql');
  await build({
    entryPoints: [SCRIPT],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    alias: { libsql },
    external: [libsql],
  });
  return outfile;
}

async function book(args: readonly string[], killedAfter: number | null) {
  const child = spawn(process.execPath, args);
  let text = '';
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  child.stdout.on('data', (chunk) => {
    text += String(chunk);
    if (killedAfter !== null && text.split('\n').length > killedAfter) child.kill('SIGKILL');
  });
  const [code, signal] = await once(child, 'close');
  const isKilled = signal === 'SIGKILL';
  const problems = code === 0 || isKilled ? [] : [`a process ended with ${code}: ${errors}`];
  return { lines: text.split('\n').slice(0, -1), isKilled, problems };
}

/** What is used by now; fails where something is still set aside for the dead. */
async function read(folder: string): Promise<LedgerTrial['used']> {
  const { ledger, close } = await openDiskLedger({ folder, onFault: () => {} });
  try {
    const last = await ledger.book({ id: 'last', account: ACCOUNT, quotas: [parseQuota('1runs')] });
    if (!isBooked(last)) throw new Error('something is still set aside for the dead');
    last.release();
    return {
      requests: await usedOf(ledger, '1requests/month'),
      usd: await usedOf(ledger, '0.000001usd/month'),
      tokens: await usedOf(ledger, '1tokens/month'),
    };
  } finally {
    await close();
  }
}

async function usedOf(ledger: Ledger, quota: string): Promise<number> {
  const result = await ledger.book({ id: quota, account: ACCOUNT, quotas: [parseQuota(quota)] });
  if (!isBooked(result)) return result.used;
  result.release();
  return 0;
}
