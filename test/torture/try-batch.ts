import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFilesOf } from '../support/folder.ts';
import { survivorsOf } from '../support/processes.ts';
import { batchHome, BIN, CLAUDE } from './batch-home.ts';
import { idIn, linesOf, repeated } from './batch-output.ts';
import { until } from './until.ts';

/** What came of a batch that was killed again and again. */
export interface BatchTrial {
  /** SIGKILLs that met it at work. */
  readonly kills: number;
  readonly done: number;
  readonly uncertain: number;
  /** Writing tools that were used. */
  readonly effects: number;
  readonly problems: readonly string[];
  readonly ms: number;
}

/**
 * Runs a batch of so many items, half of which write, kills it so many times by SIGKILL, each at another moment, and lets it
 * finish then.
 * @param moment a number from 0 to 1 for each kill
 */
export async function tryBatch(items: number, kills: number, moment: (kill: number) => number): Promise<BatchTrial> {
  const start = performance.now();
  const { home, ids, env } = batchHome(items);
  const effectsFile = join(home.path, 'effects');
  const begin = () =>
    spawn(process.execPath, [BIN, 'batch', 'items.jsonl', '--out', 'out.jsonl', '--concurrency', '4', '-q'], {
      cwd: home.project,
      env: { ...env, SLUICE_CLAUDE_PATH: CLAUDE, EFFECTS: effectsFile, SECONDS_OF_WORK: '0.1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  try {
    let met = 0;
    for (let kill = 0; kill < kills; kill++) {
      const child = begin();
      const ended = once(child, 'exit');
      await untilAtWork(home.project);
      await sleep(moment(kill) * LATEST_MS);
      child.kill('SIGKILL');
      const [, signal] = await ended;
      if (signal === 'SIGKILL') met++;
    }
    const last = begin();
    let errors = '';
    last.stderr.on('data', (chunk) => (errors += String(chunk)));
    const [code] = await once(last, 'close');
    const effects = linesOf(effectsFile);
    const done = linesOf(join(home.project, 'out.jsonl')).map(idIn);
    const left = linesOf(join(home.project, 'out.jsonl.failed.jsonl')).map(idIn);
    const remains = [...(await survivorsOf(home.path, 15_000)), ...temporaryFilesOf(home)];
    const problems = [
      ...(code === (left.length === 0 ? 0 : 1) ? [] : [`the last one ended with ${code}: ${errors}`]),
      ...ids.filter((id) => !done.includes(id) && !left.includes(id)).map((id) => `${id} is lost`),
      ...repeated([...done, ...left]).map((id) => `${id} has more than one state`),
      ...repeated(effects).map((id) => `${id} was written more than once`),
      ...left.filter((id) => !id.endsWith('w')).map((id) => `${id} is left, and wrote nothing`),
      ...remains.map((what) => `left: ${what}`),
    ];
    const ms = performance.now() - start;
    return { kills: met, done: done.length, uncertain: left.length, effects: effects.length, problems, ms };
  } finally {
    rmSync(home.path, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Milliseconds after which it is killed at the latest, from when it is at work. */
const LATEST_MS = 1_000;

/** Settles once there is a journal: from then on there is something to be lost. */
function untilAtWork(folder: string): Promise<void> {
  return until('there is a journal', () => existsSync(join(folder, 'out.jsonl.journal')));
}
