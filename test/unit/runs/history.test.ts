import { existsSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { recognise } from '../../../src/messages/recognise.ts';
import { replay } from '../../../src/replay.ts';
import { openDiskRuns } from '../../../src/runs/disk/disk-runs.ts';
import { openDatabase } from '../../../src/runs/disk/database.ts';
import { type FoundRun, type History, newestRuns, openHistory } from '../../../src/runs/disk/history.ts';
import type { HistoryFilter } from '../../../src/runs/disk/run-conditions.ts';
import { openUsersRuns } from '../../../src/runs/disk/users-runs.ts';
import { KEPT_ON_DISK, type KeepLimits } from '../../../src/runs/run-index.ts';
import type { Ending } from '../../../src/sinks/sink.ts';
import { assistant, init, result } from '../outcome/evidence.ts';
import { crash, endingOf } from '../sinks/endings.ts';
import { event } from '../stream/messages.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { newRun } from './entries.ts';
import { DRIVERS } from './indexes.ts';

const LIMITS: KeepLimits = { runs: 100, bytes: 10_000_000, ageMs: 90 * 24 * 3_600_000 };

const onFault = (error: unknown): void => {
  throw error;
};

/** A run of the command line. */
interface Kept {
  readonly prompt: string;
  readonly answer?: string;
  readonly cwd?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly usd?: number;
  readonly at?: string;
  readonly ending?: Ending;
}

let count = 0;

describe.each(DRIVERS.map((driver) => [driver.name, driver] as const))('a history, by %s', (_, driver) => {
  /** Keeps runs, and returns their ids. */
  async function keep(folder: string, runs: readonly Kept[], limits = LIMITS): Promise<readonly string[]> {
    const ids: string[] = [];
    for (const { prompt, answer = 'All is well.', cwd = '/shop', labels = {}, usd = 0.5, at, ending } of runs) {
      const begin = await openUsersRuns({ folder, limits, onFault, driver });
      const runId = `${String(++count).padStart(8, '0')}-2222-4333-8444-555555555555`;
      const run = begin({
        runId,
        receivedAt: at ?? new Date().toISOString(),
        labels,
        asked: { cwd, request: { prompt } },
      });
      const messages = [init(), assistant(answer), result({ result: answer, total_cost_usd: usd })];
      for (const message of messages) run.write(event(recognise(message)));
      await run.end(ending ?? endingOf(messages));
      ids.push(runId);
    }
    return ids;
  }

  async function open(folder: string): Promise<History> {
    const history = await openHistory({ folder, onFault, driver });
    onTestFinished(() => history.close());
    return history;
  }

  const fresh = (): string => join(temporaryFolder(), 'state');

  it('lists the newest first, and finds a run by the beginning of its id', async () => {
    const folder = fresh();
    const [first = '', second = '', third = ''] = await keep(folder, [
      { prompt: 'one' },
      { prompt: 'two' },
      { prompt: 'three', ending: crash() },
    ]);
    const history = await open(folder);
    expect(history.list({}, 2)).toMatchObject({
      runs: [
        { runId: third, class: 'crashed', face: 'cli' },
        { runId: second, class: 'success', model: 'claude-opus-4-8', costUsd: 0.5, executionTime: 1500, messages: 3 },
      ],
      more: true,
    });
    expect(history.list({}, 3).more).toBe(false);
    expect(history.find(first.slice(0, 8)).map(({ runId }) => runId)).toEqual([first]);
    expect(history.find('0000').length).toBeGreaterThan(1);
    expect(history.find('ffff')).toEqual([]);
  });

  it('shows its newest runs to who only looks, and has nothing made, brought up to date or moved for that', async () => {
    const folder = fresh();
    const path = join(folder, 'index.db');
    expect(await newestRuns({ folder, driver }, 9)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
    const [, second] = await keep(folder, [{ prompt: 'one' }, { prompt: 'two' }]);
    for (const name of ['runs', 'owners']) rmSync(join(folder, name), { recursive: true });
    expect(await newestRuns({ folder, driver }, 1)).toMatchObject([
      { runId: second, asked: { request: { prompt: 'two' } } },
    ]);
    const older = openDatabase(driver, path);
    older.run('ALTER TABLE runs RENAME COLUMN callback TO other');
    older.run('PRAGMA user_version = 1');
    expect(await newestRuns({ folder, driver }, 1)).toEqual([]);
    expect(older.all('PRAGMA user_version')).toEqual([{ user_version: 1 }]);
    older.close();
    writeFileSync(path, 'no database');
    for (const name of ['-wal', '-shm']) rmSync(`${path}${name}`, { force: true });
    expect(await newestRuns({ folder, driver }, 1)).toEqual([]);
    expect(readdirSync(folder).filter((name) => !name.startsWith('index.db-'))).toEqual(['index.db']);
  });

  it('chooses by what a run was and said', async () => {
    const folder = fresh();
    const [old = '', odd = '', asian = ''] = await keep(folder, [
      { prompt: 'Why did the deploy fail?', at: '2026-01-02T03:04:05.000Z', labels: { team: 'shop', job: 'nightly' } },
      { prompt: 'Say "100%_"', answer: "It's TypeError: x is not a function", cwd: '/shop/api', ending: crash() },
      { prompt: '日本語のテスト', cwd: '/shopping' },
    ]);
    const history = await open(folder);
    const found = (filter: HistoryFilter) => history.list(filter, 9).runs.map(({ runId }) => runId);
    expect(found({ until: '2026-02-01T00:00:00.000Z' })).toEqual([old]);
    expect(found({ since: '2026-02-01T00:00:00.000Z' })).toEqual([asian, odd]);
    expect(found({ labels: { team: 'shop' } })).toEqual([old]);
    expect(found({ labels: { team: 'shop', job: 'weekly' } })).toEqual([]);
    expect(found({ folder: '/shop' })).toEqual([odd, old]);
    expect(found({ classes: ['crashed', 'timeout'] })).toEqual([odd]);
    expect(found({ isFailed: true })).toEqual([odd]);
    expect(found({ model: 'OPUS' })).toEqual([asian, odd, old]);
    expect(found({ texts: ['DEPLOY'] })).toEqual([old]);
    expect(found({ texts: ['ploy', 'well'] })).toEqual([old]);
    expect(found({ texts: ['deploy', 'TypeError'] })).toEqual([]);
    expect(found({ texts: ['"100%_"'] })).toEqual([odd]);
    expect(found({ texts: ['語の'] })).toEqual([asian]);
    expect(found({ texts: ['テスト'] })).toEqual([asian]);
    expect(found({ texts: ['%'] })).toEqual([odd]);
  });

  it('adds up what runs cost', async () => {
    const folder = fresh();
    const spent = (usage: object): Ending => endingOf([init(), result({ total_cost_usd: 0.75, modelUsage: usage })]);
    await keep(folder, [
      { prompt: 'a', usd: 0.25, labels: { team: 'shop' }, at: '2026-01-02T12:00:00.000Z' },
      { prompt: 'b', usd: 0.5, labels: { team: 'shop', job: 'x' }, at: '2026-01-03T12:00:00.000Z' },
      {
        prompt: 'c',
        cwd: '/api',
        at: '2026-01-03T12:30:00.000Z',
        ending: spent({ haiku: { costUSD: 0.05 }, opus: { costUSD: 0.7 } }),
      },
    ]);
    const { costs } = await open(folder);
    expect(costs({}, 'day')).toEqual({
      groups: [
        { of: '2026-01-02', usd: 0.25, runs: 1 },
        { of: '2026-01-03', usd: 1.25, runs: 2 },
      ],
      total: { usd: 1.5, runs: 3 },
    });
    expect(costs({}, 'label').groups).toEqual([
      { of: null, usd: 0.75, runs: 1 },
      { of: 'team=shop', usd: 0.75, runs: 2 },
      { of: 'job=x', usd: 0.5, runs: 1 },
    ]);
    expect(costs({}, 'model').groups).toEqual([
      { of: 'claude-opus-4-8', usd: 0.75, runs: 2 },
      { of: 'opus', usd: 0.7, runs: 1 },
      { of: 'haiku', usd: 0.05, runs: 1 },
    ]);
    expect(costs({ labels: { job: 'x' } }, 'folder')).toEqual({
      groups: [{ of: '/shop', usd: 0.5, runs: 1 }],
      total: { usd: 0.5, runs: 1 },
    });
    expect(costs({ classes: ['timeout'] }, 'class')).toEqual({ groups: [], total: { usd: 0, runs: 0 } });
  });

  it('gives a run as a recording, and what it came to where its messages are gone', async () => {
    const folder = fresh();
    const [runId = ''] = await keep(folder, [{ prompt: 'a', answer: 'So it is.' }]);
    const shown = async (run: FoundRun) => {
      const bytes = (await open(folder)).recording(run);
      return bytes === null ? null : (await replay(bytes)).report;
    };
    const [run] = (await open(folder)).find(runId);
    if (run === undefined) throw new Error('it is there');
    expect(await shown(run)).toMatchObject({ result: { success: true, summary: 'So it is.' } });
    rmSync(join(folder, 'runs', `${runId}.ndjson`));
    expect(await shown(run)).toMatchObject({ result: { success: true, summary: 'So it is.' } });
    expect(await shown({ ...run, report: null })).toBeNull();
  });

  it('is bounded, without a word about the runs of servers', async () => {
    const folder = fresh();
    const server = await openDiskRuns({ folder, limits: KEPT_ON_DISK, onFault, driver });
    const begun = server.runs.begin(newRun());
    if (begun.kind !== 'new') throw new Error('it is new');
    begun.run.started();
    const ids = await keep(folder, [{ prompt: 'a' }, { prompt: 'b' }, { prompt: 'c' }, { prompt: 'd' }], {
      ...LIMITS,
      runs: 3,
    });
    begun.run.ended('finished', crash());
    // What a server has to say of its own bounds is no matter of these.
    await server.close();
    await (await openDiskRuns({ folder, limits: { ...KEPT_ON_DISK, runs: 1 }, onFault, driver })).close();
    const history = await open(folder);
    const listed = history.list({}, 9).runs;
    expect(listed.map(({ face, subject }) => `${face}: ${subject}`)).toEqual([
      ...Array<string>(3).fill('cli: command line'),
      'server: local',
    ]);
    expect(listed.slice(0, 3).map(({ runId }) => runId)).toEqual(ids.slice(1).toReversed());
    const stray = join(folder, 'runs', 'stray.ndjson');
    writeFileSync(stray, '');
    utimesSync(stray, 1, 1);
    const bytes = listed[0]?.size ?? 0;
    expect(history.prune({ ...LIMITS, bytes })).toEqual({ runs: 0, records: 2, bytes: bytes * 2 });
    expect(existsSync(stray)).toBe(false);
    expect(history.prune({ ...LIMITS, runs: 1 })).toEqual({ runs: 2, records: 0, bytes: 0 });
    expect(history.prune({ ...LIMITS, ageMs: -1000 })).toEqual({ runs: 1, records: 0, bytes });
    expect(history.list({}, 9).runs).toMatchObject([{ face: 'server' }]);
    expect(history.list({ texts: ['All is well'] }, 9).runs).toEqual([]);
    expect(readdirSync(join(folder, 'runs'))).toHaveLength(1);
  });

  it('tells what came of a run whose process died', async () => {
    const folder = fresh();
    const begin = await openUsersRuns({ folder, limits: LIMITS, onFault, driver });
    const runId = '99999999-2222-4333-8444-555555555555';
    const run = begin({ runId, receivedAt: new Date().toISOString(), labels: {}, asked: { request: { prompt: 'a' } } });
    run.write(event(recognise(init())));
    expect((await open(folder)).list({}, 9).runs).toMatchObject([{ state: 'running', class: null }]);
    // As the kernel does with a process.
    const owner = readdirSync(join(folder, 'owners')).filter((name) => /^[\da-f-]{36}$/.test(name));
    expect(owner).toHaveLength(1);
    await run.end(crash());
    expect((await open(folder)).list({}, 9).runs).toMatchObject([{ state: 'finished', class: 'crashed' }]);
  });
});
