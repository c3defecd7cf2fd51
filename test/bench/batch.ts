import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startMessagesApi } from '../../src/demo/messages-api.ts';
import { inTurn, text } from '../../src/demo/script.ts';
import type { BenchFolder } from './bench-folder.ts';
import { atLeast, atMost, type Figure } from './figure.ts';
import { offlineEnvironment } from './offline-environment.ts';
import { processFile } from './peak-memory.ts';
import { inRounds } from './rounds.ts';
import { median, pairedRatio } from './statistics.ts';
import { timeCommand } from './time-command.ts';

const CARRY = fileURLToPath(new URL('processes/carry-items.ts', import.meta.url));
const INSTANT = fileURLToPath(new URL('processes/instant-claude.sh', import.meta.url));

/** So many items, of the real claude, and so many at once. */
const ITEMS = 32;
const AT_ONCE = 2;

/** Numbers of items between which the time that one more takes is measured, without what it takes to start. */
const SOME = 100;
const MORE = 300;

const MANY = 10_000;
const MOST = 100_000;
const MB = 1_000_000;

/**
 * (k) A batch of the real claude beside a bare loop around it, with answers that take a second; and sluice's own part in many
 * items, of which each is answered at once, and in a hundred thousand that are done.
 */
export async function benchBatch(folder: BenchFolder, claude: string, rounds: number): Promise<Figure[]> {
  const figure = (what: string, value: number, rest: Partial<Figure> = {}): Figure => {
    return { part: 'j', what, value, unit: '', ...rest };
  };
  const few = await carried(join(folder.path, 'few'), MANY / 10);
  const many = await carried(join(folder.path, 'many'), MANY);
  const most = join(folder.path, 'most');
  await carried(most, MOST);
  const resumed = await carry(most, MOST);
  const { raw, batch } = await besideLoop(folder, claude, rounds);
  const startUp = median(batch.map(({ startUp }) => startUp));
  const own = (median(batch.map(({ own }) => own)) - startUp) / ITEMS;
  return [
    figure('batch: items a second, of our own', (1000 * MANY) / many.ms, { target: atLeast(300) }),
    figure('batch: memory of 10,000 items over that of 1,000', many.peak / few.peak, {
      unit: 'x',
      target: atMost(1.2),
    }),
    figure('batch: memory of 10,000 items', many.peak / MB, { unit: 'MB' }),
    figure('batch: 100,000 items that are done', resumed.ms, { unit: 'ms', target: atMost(2_000) }),
    figure(
      'batch: wall over a bare loop',
      pairedRatio(
        batch.map(({ wall }) => wall),
        raw,
      ),
      { unit: 'x', target: atMost(0.75) },
    ),
    figure('batch: own processor time an item', own, { unit: 'ms', target: atMost(25) }),
    figure(
      `batch: the same of a claude that answers at once, from ${SOME} to ${MORE} items`,
      await ownOfOneMore(folder),
      {
        unit: 'ms',
        target: atMost(25),
      },
    ),
    figure(`batch: own processor time of a start, ${ITEMS} items done`, startUp, { unit: 'ms' }),
  ];
}

async function ownOfOneMore(folder: BenchFolder): Promise<number> {
  const place = join(folder.path, 'batch-instant');
  mkdirSync(place);
  const env = { ...offlineEnvironment(place, 'http://127.0.0.1:9'), SLUICE_CLAUDE_PATH: INSTANT };
  const ownOf = async (items: number): Promise<number> => {
    const path = join(place, `${items}.jsonl`);
    writeFileSync(path, rowsOf(items));
    return (await timedBatch(folder.sluice, path, env, join(place, `out-${items}.jsonl`))).own;
  };
  return ((await ownOf(MORE)) - (await ownOf(SOME))) / (MORE - SOME);
}

async function besideLoop(folder: BenchFolder, claude: string, rounds: number) {
  const api = await startMessagesApi(inTurn([text('Hello from the stub.', { chunk: 5, delayMs: 250 })]));
  const place = join(folder.path, 'batch-claude');
  mkdirSync(place);
  const env = { ...offlineEnvironment(place, api.url), SLUICE_CLAUDE_PATH: claude };
  const prompts = Array.from({ length: ITEMS }, (_, index) => `say ${index}`);
  const items = join(place, 'items.jsonl');
  writeFileSync(items, prompts.map((prompt) => `${JSON.stringify(prompt)}\n`).join(''));
  const loop = `printf '%s\\n' ${prompts.map((prompt) => `'${prompt}'`).join(' ')} | xargs -d '\\n' -P ${AT_ONCE} -n 1 '${claude}' -p`;
  try {
    return await inRounds<'raw' | 'batch', RealBatch>(rounds, {
      raw: async () => ({ wall: (await timeCommand(['bash', '-c', loop], env, place)).wall, own: 0, startUp: 0 }),
      batch: async () => {
        const out = join(place, 'out.jsonl');
        for (const name of [out, `${out}.journal`]) rmSync(name, { force: true });
        const { wall, own } = await timedBatch(folder.sluice, items, env, out);
        // All of it but for the items, which are done.
        return { wall, own, startUp: (await timedBatch(folder.sluice, items, env, out)).own };
      },
    }).then(({ raw, batch }) => ({ raw: raw.map(({ wall }) => wall), batch }));
  } finally {
    await api.close();
  }
}

/** Milliseconds: on the clock, and of the processor, without claude. */
interface RealBatch {
  readonly wall: number;
  readonly own: number;
  /** What it takes to start, and to see that all is done. */
  readonly startUp: number;
}

/** A tick of the kernel's clock, in milliseconds. */
const TICK_MS = 10;
const LOOK_MS = 10;

async function timedBatch(sluice: string, items: string, env: NodeJS.ProcessEnv, out: string) {
  const words = ['batch', items, '--out', out, '--concurrency', String(AT_ONCE), '-q'];
  const start = performance.now();
  const child = spawn(process.execPath, [sluice, ...words], { cwd: dirname(out), env, stdio: 'ignore' });
  let own = 0;
  const watch = setInterval(() => (own = processorTime(child.pid) ?? own), LOOK_MS);
  const [code] = await once(child, 'exit');
  clearInterval(watch);
  if (code !== 0) throw new Error(`sluice batch ended with ${code}`);
  return { wall: performance.now() - start, own };
}

/** That of the process itself, without its children. */
function processorTime(pid: number | undefined): number | null {
  const [, rest] = processFile(pid, 'stat').split(') ');
  if (rest === undefined) return null;
  const fields = rest.split(' ');
  return TICK_MS * (Number(fields[11]) + Number(fields[12]));
}

interface Carried {
  readonly ms: number;
  readonly peak: number;
}

/** Carries out so many items in a fresh folder. */
async function carried(folder: string, items: number): Promise<Carried> {
  mkdirSync(folder);
  writeFileSync(join(folder, 'items.jsonl'), rowsOf(items));
  return carry(folder, items);
}

function rowsOf(items: number): string {
  return Array.from({ length: items }, (_, index) => `{"id":"i${index}","prompt":"say ${index}"}\n`).join('');
}

async function carry(folder: string, items: number): Promise<Carried> {
  const child = spawn(process.execPath, ['--import', 'tsx', CARRY, folder, String(items)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed, [code]] = await Promise.all([textOf(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error(`${items} items could not be carried out`);
  return JSON.parse(printed);
}
