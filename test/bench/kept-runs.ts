import { join } from 'node:path';
import { recognise } from '../../src/messages/recognise.ts';
import { createRedactor } from '../../src/secrets/redactor.ts';
import { type DiskRuns, openDiskRuns } from '../../src/runs/disk/disk-runs.ts';
import { type Driver, drivers } from '../../src/runs/disk/database.ts';
import { readLive } from '../../src/stream/read-run.ts';
import { atMost, type Figure } from './figure.ts';
import { percentile } from './statistics.ts';

export const RUNS = 1_000;
const MESSAGES = 100;
const ROUNDS = 500;

/** What keeping runs takes: 1,000 of them, of 100 messages of 1 kB each, by every database that this Node has. */
export async function benchKeptRuns(folder: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for await (const driver of drivers())
    figures.push(...(await benchDriver(join(folder, 'state', driver.name), driver)));
  return figures;
}

async function benchDriver(folder: string, driver: Driver): Promise<Figure[]> {
  const limits = { runs: 2 * RUNS, bytes: 10 ** 10, ageMs: 10 ** 9 };
  const store = await openDiskRuns({ folder, limits, onFault, driver });
  const ids: string[] = [];
  const kept: number[] = [];
  for (let nth = 0; nth < RUNS; nth++) {
    const id = crypto.randomUUID();
    ids.push(id);
    const start = performance.now();
    await keep(store, id);
    kept.push(performance.now() - start);
  }
  const lists = await times(async () => void store.runs.list({ subject: `user ${at(10)}` }, 50, null));
  const replays = await times(async () => {
    const run = store.runs.find(ids[at(RUNS)] ?? '');
    if (run === null) throw new Error('a run is gone');
    for await (const _ of store.runs.follow(run, 1)) continue;
  });
  const bundles = await times(async () => {
    const run = store.runs.find(ids[at(RUNS)] ?? '');
    if (run === null || (await store.runs.bundle(run)) === null) throw new Error('a run is gone');
  });
  await store.close();
  const p99 = (what: string, values: readonly number[], most?: number): Figure => ({
    part: 'g',
    what: `${what}, p99, ${RUNS} runs kept by ${driver.name}`,
    value: percentile(values, 0.99),
    unit: 'ms',
    ...(most === undefined ? {} : { target: atMost(most) }),
  });
  return [
    p99('list 50 runs', lists, 20),
    p99(`replay a run of ${MESSAGES} messages`, replays, 20),
    p99(`bundle of a run of ${MESSAGES} messages`, bundles, 20),
    p99(`keep a run of ${MESSAGES} messages`, kept),
  ];
}

/** Keeps so many runs of somebody in a folder, by the best database that there is. Returns their ids. */
export async function fillStore(folder: string, subject: string): Promise<string[]> {
  const store = await openDiskRuns({ folder, limits: { runs: RUNS, bytes: 10 ** 10, ageMs: 10 ** 9 }, onFault });
  const ids = Array.from({ length: RUNS }, () => crypto.randomUUID());
  for (const id of ids) await keep(store, id, subject);
  await store.close();
  return ids;
}

function onFault(error: unknown): never {
  throw error;
}

async function keep({ runs }: DiskRuns, runId: string, subject = `user ${at(10)}`): Promise<void> {
  const begun = runs.begin({
    runId,
    subject,
    asked: { request: { prompt: 'Why does the build fail?' } },
    givenOut: { maxMessages: 100, maxChars: 20_000, noSystemMessages: false },
    labels: { team: `team ${at(5)}` },
    key: runId,
    digest: runId,
    sessionId: null,
    callback: null,
    receivedAt: new Date().toISOString(),
  });
  if (begun.kind !== 'new') throw new Error('there is one already');
  const { run } = begun;
  run.started();
  const message = recognise({ type: 'keep_alive', text: 'x'.repeat(1_000) } as { readonly type: string });
  for (let sequence = 1; sequence <= MESSAGES; sequence++) {
    void run.sink.write({
      sequence,
      timestamp: new Date().toISOString(),
      sessionId: null,
      message,
      redactions: 0,
      truncated: false,
    });
  }
  const { outcome, report } = readLive(createRedactor({ env: {} })).conclude(
    {
      exit: { code: 0, signal: null },
      stderr: '',
      stoppedBy: null,
      fault: null,
      asked: { schema: false, failOn: [] },
      endedAt: Date.now(),
    },
    { runId, startedAt: new Date().toISOString(), executionTime: 1, path: null },
  );
  run.ended('finished', { ...outcome, report, clipped: { strings: 0, characters: 0 } });
}

async function times(act: () => Promise<void>): Promise<number[]> {
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await act();
    taken.push(performance.now() - start);
  }
  return taken;
}

const at = (count: number): number => Math.floor(Math.random() * count);
