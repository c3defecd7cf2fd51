import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { recognise } from '../../../src/messages/recognise.ts';
import { makeTables } from '../../../src/runs/disk/disk-index.ts';
import { parseQuota } from '../../../src/quotas/quota.ts';
import { openDatabase } from '../../../src/runs/disk/database.ts';
import { type DiskRuns, type DiskRunsOptions, openDiskRuns } from '../../../src/runs/disk/disk-runs.ts';
import type { Orphan } from '../../../src/runs/orphan.ts';
import type { LiveRun } from '../../../src/runs/live-run.ts';
import type { KeptRun, NewRun } from '../../../src/runs/run-entry.ts';
import { collect } from '../../support/collect.ts';
import { replay } from '../../../src/replay.ts';
import { assistant, init, result, SESSION } from '../outcome/evidence.ts';
import { success } from '../sinks/endings.ts';
import { delta, event } from '../stream/messages.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { newRun } from './entries.ts';
import { DRIVERS } from './indexes.ts';

/** Opened, and what was found. */
interface Opened extends DiskRuns {
  readonly orphans: readonly Orphan[];
}

const LIMITS = { runs: 100, bytes: 10_000_000, ageMs: 3_600_000 };

/** What was told to go wrong. */
let faults: string[] = [];

describe.each(DRIVERS.map((driver) => [driver.name, driver] as const))('runs on disk, by %s', (_, driver) => {
  async function open(folder: string, options: Partial<DiskRunsOptions> = {}): Promise<Opened> {
    faults = [];
    const onFault = (error: unknown): void => void faults.push(String(error));
    const opened = await openDiskRuns({ folder, limits: LIMITS, onFault, driver, ...options });
    const orphans: Orphan[] = [];
    opened.onOrphan((orphan) => void orphans.push(orphan));
    let isOpen = true;
    const close = async (): Promise<void> => {
      if (isOpen) await opened.close();
      isOpen = false;
    };
    onTestFinished(close);
    return { ...opened, orphans, close };
  }

  const emptyFolder = (): string => join(temporaryFolder(), 'state');

  it('are there again with all that is known of them, and can be followed from anywhere', async () => {
    const folder = emptyFolder();
    const first = await open(folder);
    const { runId } = finished(first);
    const run = found(first, runId);
    const bundle = await first.runs.bundle(run);
    const events = await collect(first.runs.follow(run, 2));
    await first.close();
    const second = await open(folder);
    expect([second.orphans, faults]).toEqual([[], []]);
    expect(second.runs.find(runId)).toEqual(run);
    expect(await second.runs.bundle(run)).toEqual(bundle);
    expect(bundle).toMatchObject({ outcome: { class: 'success' }, truncation: { total: 3, returned: 3, dropped: 0 } });
    expect(await collect(second.runs.follow(run, 2))).toEqual(events);
    expect(events.map((item) => item.kind === 'event' && item.id)).toEqual([2, 3, 4]);
    const { class: outcome } = await replay(chunksOf(join(folder, 'runs', `${runId}.ndjson`)));
    expect(outcome).toBe('success');
  });

  it("are told of without what they said where their records can't be read", async () => {
    const folder = emptyFolder();
    const opened = await open(folder);
    const run = found(opened, finished(opened).runId);
    const record = join(folder, 'runs', `${run.runId}.ndjson`);
    rmSync(record);
    mkdirSync(record);
    expect((await collect(opened.runs.follow(run, 1))).map(({ kind }) => kind)).toEqual(['resync', 'event']);
    expect(await opened.runs.bundle(run)).toMatchObject({ truncation: { total: 3, returned: 0, dropped: 3 } });
    expect(new Set(faults)).toEqual(new Set([expect.stringMatching(/EISDIR/)]));
  });

  it('are told without a line that was damaged', async () => {
    const folder = emptyFolder();
    const opened = await open(folder);
    const run = found(opened, finished(opened).runId);
    const record = join(folder, 'runs', `${run.runId}.ndjson`);
    const [first = '', second = '', ...rest] = readFileSync(record, 'utf8').split('\n');
    writeFileSync(record, [first, second.slice(0, -9), ...rest].join('\n'));
    const items = await collect(opened.runs.follow(run, 1));
    expect(items.map((item) => (item.kind === 'event' ? item.id : item.kind))).toEqual([1, 'resync', 3, 4]);
    expect(items[0]).toEqual({ kind: 'event', id: 1, json: first });
  });

  it('end where nothing can be removed from their folder any more', async () => {
    const folder = emptyFolder();
    const opened = await open(folder);
    const { runId } = finished(opened);
    const [owner = ''] = readdirSync(join(folder, 'owners')).filter((name) => !name.startsWith('.'));
    rmSync(join(folder, 'owners', owner));
    mkdirSync(join(folder, 'owners', owner));
    await opened.close();
    expect(faults).toEqual([expect.stringMatching(/directory/i)]);
    rmSync(join(folder, 'owners', owner), { recursive: true });
    expect(found(await open(folder), runId)).toMatchObject({ state: 'finished' });
  });

  it('are for their user alone', async () => {
    const folder = emptyFolder();
    const { runId } = finished(await open(folder));
    const modes = ['.', 'runs', 'owners', `runs/${runId}.ndjson`].map(
      (name) => statSync(join(folder, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o700, 0o700, 0o600]);
    const shared = temporaryFolder();
    mkdirSync(join(shared, 'open'), { mode: 0o755 });
    await expect(open(join(shared, 'open'))).rejects.toThrow(/cannot keep runs: others may look into it/);
  });

  it('are not opened where a folder is in the place of their database, in words that say so', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'index.db'), { recursive: true, mode: 0o700 });
    await expect(open(folder)).rejects.toMatchObject({
      code: 'usage',
      message: `${folder} cannot keep runs: index.db in it is a folder, where a database would be; move it away`,
    });
  });

  it('are interrupted where their process died, with what there was until then', async () => {
    const folder = emptyFolder();
    const dead = await open(folder);
    const run = begin(dead);
    run.started();
    run.claim(SESSION);
    for (const item of messages().slice(0, 2)) void run.sink.write(item);
    const queued = begin(dead, { receivedAt: '2026-01-01T00:00:00.000Z' });
    const done = finished(dead);
    await dead.close();
    appendFileSync(join(folder, 'runs', `${run.runId}.ndjson`), '{"sequence":4,"mess');
    const next = await open(folder);
    expect(next.orphans.map(({ run: { runId } }) => runId)).toEqual([run.runId, queued.runId]);
    expect(found(next, done.runId).state).toBe('finished');
    expect(found(next, queued.runId)).toMatchObject({
      state: 'interrupted',
      report: null,
      failure: { error_code: 'unavailable' },
    });
    const interrupted = found(next, run.runId);
    expect(interrupted).toMatchObject({ state: 'interrupted', class: 'interrupted', sessionId: SESSION, messages: 2 });
    expect(await next.runs.bundle(interrupted)).toMatchObject({
      runId: run.runId,
      partial: true,
      result: { success: false, summary: 'Half' },
      outcome: { message: 'the process that carried it out ended without a word' },
      truncation: { total: 2, returned: 2 },
    });
    expect((await collect(next.runs.follow(interrupted, 1))).map((item) => item.kind === 'event' && item.id)).toEqual([
      1, 2, 3,
    ]);
    const { class: outcome } = await replay(chunksOf(join(folder, 'runs', `${run.runId}.ndjson`)));
    expect(outcome).toBe('interrupted');
    await next.close();
    expect((await open(folder)).orphans).toEqual([]);
  });

  it('cost what is known of them where their process died, and nothing is set aside for them any more', async () => {
    const folder = emptyFolder();
    const quotas = [parseQuota('1runs'), parseQuota('5usd/day')];
    const dead = await open(folder);
    const run = begin(dead);
    await dead.ledger.book({ id: run.runId, account: 'alice', quotas, maxUsd: 5 });
    run.started();
    const [first, second] = messages();
    const third = event(recognise(result({ total_cost_usd: 0.5 })), 5);
    for (const item of [first, second, third]) void run.sink.write(item);
    await dead.ledger.book({ id: 'no run', account: 'bob', quotas, maxUsd: 5 });
    await dead.close();
    const next = await open(folder);
    const wanted = { quotas: [parseQuota('0.000001usd/day')] };
    expect(await next.ledger.book({ ...wanted, id: '1', account: 'alice' })).toMatchObject({ used: 0.5, reserved: 0 });
    expect(await next.ledger.book({ ...wanted, id: '2', account: 'bob' })).toHaveProperty('settle');
  });

  it('whose ending was written before their process died came to that', async () => {
    const folder = emptyFolder();
    const dead = await open(folder);
    const { runId } = finished(dead);
    await dead.close();
    const database = openDatabase(driver, join(folder, 'index.db'));
    database.run(
      "UPDATE runs SET state = 'running', report = NULL, class = NULL, ended_at = NULL WHERE run_id = ?",
      runId,
    );
    database.close();
    const run = { runId, class: 'success', messages: 3 };
    expect((await open(folder)).orphans).toMatchObject([{ kind: 'interrupted', run }]);
  });

  it('are interrupted while others go on, as soon as their process is dead', async () => {
    const folder = emptyFolder();
    const living = await open(folder, { lookMs: 5 });
    const dying = await open(folder);
    const run = begin(dying);
    run.started();
    await expect.poll(() => living.runs.find(run.runId)?.state).toBe('running');
    await dying.close();
    await expect.poll(() => living.orphans).toMatchObject([{ kind: 'interrupted', run: { runId: run.runId } }]);
    expect(found(living, run.runId).state).toBe('interrupted');
  });

  it('whose programs were to be told are handed on until they were', async () => {
    const folder = emptyFolder();
    const dead = await open(folder);
    const { runId } = finished(dead, { callback: 'due' });
    const { runId: cut } = begin(dead, { callback: 'due' });
    const { runId: told } = finished(dead, { callback: 'due' });
    dead.runs.calledBack(told, 'delivered');
    await dead.close();
    const second = await open(folder);
    expect(second.orphans).toMatchObject([
      { kind: 'interrupted', run: { runId: cut } },
      { kind: 'untold', run: { runId, state: 'finished', report: {} } },
    ]);
    second.runs.calledBack(cut, 'failed');
    await second.close();
    const third = await open(folder);
    expect(third.orphans).toMatchObject([{ kind: 'untold', run: { runId } }]);
    expect(found(third, told).callback).toBe('delivered');
  });

  it('are there in a database that an older sluice made, and not in one of a newer one', async () => {
    const folder = emptyFolder();
    const { runId } = finished(await open(folder));
    const database = openDatabase(driver, join(folder, 'index.db'));
    for (const what of [
      'TRIGGER runs_told',
      'TRIGGER runs_removed',
      'TABLE texts',
      'INDEX runs_by_end',
      'INDEX runs_untold',
    ])
      database.run(`DROP ${what}`);
    database.run('ALTER TABLE runs DROP COLUMN face');
    database.run('ALTER TABLE runs DROP COLUMN callback');
    database.run('PRAGMA user_version = 1');
    const store = await open(folder);
    expect(found(store, runId)).toMatchObject({ state: 'finished', callback: null });
    expect(database.all('SELECT prompt, answer FROM texts')).toEqual([{ prompt: 'Why?', answer: expect.any(String) }]);
    expect(found(store, finished(store, { callback: 'due' }).runId).callback).toBe('due');
    await store.close();
    database.run('PRAGMA user_version = 99');
    database.close();
    const owners = readdirSync(join(folder, 'owners'));
    await expect(open(folder)).rejects.toThrow(/cannot keep runs: it was made by a newer sluice/);
    expect(readdirSync(join(folder, 'owners'))).toEqual(owners);
  });

  it('are left alone, and followed, while their process lives', async () => {
    const folder = emptyFolder();
    const one = await open(folder);
    const run = begin(one, { key: 'k' });
    run.started();
    const [first, second, third] = messages();
    void run.sink.write(first);
    const other = await open(folder);
    expect(other.orphans).toEqual([]);
    expect(other.runs.begin(newRun({ key: 'k' }))).toMatchObject({ kind: 'known', run: { runId: run.runId } });
    const feed = other.runs.follow(found(other, run.runId), 1);
    expect((await feed.next()).value).toMatchObject({ kind: 'event', id: 1 });
    const ended = other.runs.ended(run.runId);
    for (const item of [second, third]) void run.sink.write(item);
    run.ended('finished', success());
    expect((await collect(feed)).map((item) => item.kind === 'event' && item.id)).toEqual([2, 3, 4]);
    expect(await ended).toMatchObject({ state: 'finished', class: 'success' });
  });

  it('have no more records than there is room for, and say so', async () => {
    const folder = emptyFolder();
    const size = found(await open(folder), finished(await open(folder)).runId).size;
    const store = await open(folder, { limits: { ...LIMITS, bytes: size } });
    finished(store);
    const [, old] = store.runs.list({}, 10, null).runs;
    if (old === undefined) throw new Error('it is gone');
    expect(readdirSync(join(folder, 'runs'))).toHaveLength(1);
    expect(await collect(store.runs.follow(found(store, old.runId), 1))).toMatchObject([
      { kind: 'resync', next: 4 },
      { kind: 'event', id: 4 },
    ]);
  });

  it('go on in a database that begins anew where theirs is damaged', async () => {
    const folder = emptyFolder();
    const { runId } = finished(await open(folder));
    await (await open(folder)).close();
    writeFileSync(join(folder, 'index.db'), 'no database at all, '.repeat(500));
    for (const name of ['index.db-wal', 'index.db-shm']) rmSync(join(folder, name), { force: true });
    const store = await open(folder);
    expect(faults).toEqual([expect.stringContaining(`moved to ${join(folder, 'index.db.damaged')}`)]);
    expect(store.runs.find(runId)).toBeNull();
    expect(found(store, finished(store).runId).state).toBe('finished');
    const record = join(folder, 'runs', `${runId}.ndjson`);
    expect(existsSync(record)).toBe(true);
    utimesSync(record, 1, 1);
    await open(folder);
    expect(existsSync(record)).toBe(false);
  });

  it('go on where the database is locked, and are told of', async () => {
    const folder = emptyFolder();
    const store = await open(folder);
    const other = openDatabase(driver, join(folder, 'index.db'));
    let begun: LiveRun | undefined;
    other.together(() => {
      begun = begin(store);
      expect(found(store, begun.runId).state).toBe('queued');
    });
    other.close();
    expect(faults).toEqual([expect.stringMatching(/locked/)]);
    begun?.ended('finished', success());
    expect(found(store, begun?.runId ?? '').state).toBe('finished');
    expect(found(store, finished(store).runId).state).toBe('finished');
    await store.close();
    expect(found(await open(folder), begun?.runId ?? '')).toMatchObject({ state: 'finished', class: 'success' });
  });

  it('are written down at their end, where the database had to begin anew meanwhile', async () => {
    const folder = emptyFolder();
    const store = await open(folder);
    const run = begin(store);
    run.started();
    const other = openDatabase(driver, join(folder, 'index.db'));
    other.run('DELETE FROM runs');
    other.close();
    run.ended('finished', success());
    expect(found(store, run.runId)).toMatchObject({ state: 'finished', class: 'success' });
  });

  it('say why they cannot be written down, where there is no room', async () => {
    const folder = emptyFolder();
    await (await open(folder)).close();
    const database = openDatabase(driver, join(folder, 'index.db'));
    makeTables(database);
    database.all('PRAGMA max_page_count = 1');
    const fill = (): void =>
      database.run('INSERT INTO sessions (session_id, subject) VALUES (?, ?)', 'x', 'y'.repeat(99_999));
    expect(fill).toThrow(/full/);
    expect(fill).toThrow(/full/);
    database.close();
  });

  it('are written down once they can be, where the database was locked when they ended', async () => {
    const folder = emptyFolder();
    const store = await open(folder);
    const run = begin(store);
    run.started();
    const other = openDatabase(driver, join(folder, 'index.db'));
    other.together(() => {
      run.ended('finished', success());
      expect(found(store, run.runId).state).toBe('finished');
    });
    other.close();
    await store.close();
    const next = await open(folder);
    expect([next.orphans, found(next, run.runId).class]).toEqual([[], 'success']);
  });

  it('come to what they came to where their record cannot be written', async () => {
    const folder = emptyFolder();
    const store = await open(folder);
    rmSync(join(folder, 'runs'), { recursive: true });
    const run = found(store, finished(store).runId);
    expect(faults).toEqual([expect.stringMatching(/ENOENT/)]);
    expect(run).toMatchObject({ state: 'finished', class: 'success', messages: 3, size: 0 });
    expect(await store.runs.bundle(run)).toMatchObject({ result: { success: true }, truncation: { dropped: 3 } });
  });
});

function begin({ runs }: DiskRuns, fields: Partial<NewRun> = {}): LiveRun {
  const begun = runs.begin(newRun(fields));
  if (begun.kind !== 'new') throw new Error('there is one already');
  return begun.run;
}

function messages() {
  const [first, second, third] = [init(), assistant('Half'), result()].map((raw, index) =>
    event(recognise(raw), 2 * index + 1),
  );
  if (first === undefined || second === undefined || third === undefined) throw new Error('too few');
  return [first, second, third] as const;
}

/** A run that has ended, with three messages and pieces between them. */
function finished(store: DiskRuns, fields: Partial<NewRun> = {}): LiveRun {
  const run = begin(store, fields);
  run.started();
  for (const item of messages()) {
    void run.sink.write(item);
    void run.sink.write(event(delta('text', 'x'), item.sequence + 1));
  }
  run.ended('finished', success());
  return run;
}

function found({ runs }: DiskRuns, runId: string): KeptRun {
  const run = runs.find(runId);
  if (run === null) throw new Error('there is no such run');
  return run;
}

async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  const { createReadStream } = await import('node:fs');
  yield* createReadStream(file);
}
