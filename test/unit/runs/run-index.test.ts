import { describe, expect, it } from 'vitest';
import { type NewRun, openingEntry, type RunChange } from '../../../src/runs/run-entry.ts';
import type { RunIndex } from '../../../src/runs/run-index.ts';
import { success } from '../sinks/endings.ts';
import { newRun } from './entries.ts';
import { INDEXES } from './indexes.ts';

describe.each(INDEXES)('an index in %s', (_, create) => {
  function add(index: RunIndex, fields: Partial<NewRun> = {}, change: RunChange = {}): string {
    const run = openingEntry(newRun(fields));
    index.add(run);
    index.change(run.runId, change);
    return run.runId;
  }
  const ended = (endedAt: string, size = 0): RunChange => ({ state: 'finished', endedAt, size });

  it('gives a run as it was added, and as it was changed', () => {
    const index = create();
    const run = openingEntry(
      newRun({ labels: { team: 'é' }, key: 'k', givenOut: { maxMessages: null, maxChars: 5, noSystemMessages: true } }),
    );
    expect(index.add(run)).toBeNull();
    expect(index.find(run.runId)).toEqual(run);
    const { report } = success();
    const change: RunChange = {
      state: 'finished',
      sessionId: 's',
      startedAt: 'a',
      endedAt: 'b',
      ended: 'timeout',
      class: 'timeout',
      costUsd: 0.25,
      turns: 3,
      tokens: report.usage,
      messages: 4,
      sequence: 5,
      size: 6,
      report,
      failure: { error_code: 'conflict', message: 'no', details: { a: [1] } },
    };
    index.change(run.runId, change);
    expect(index.find(run.runId)).toEqual({ ...run, ...change });
    index.remove(run.runId);
    expect(index.find(run.runId)).toBeNull();
    index.close();
  });

  it('has one run of a key and subject', () => {
    const index = create();
    const runId = add(index, { key: 'k' });
    expect(index.add(openingEntry(newRun({ key: 'k' })))?.runId).toBe(runId);
    expect(index.add(openingEntry(newRun({ key: 'k', subject: 'other' })))).toBeNull();
    expect(index.findKey('local', 'k')?.runId).toBe(runId);
    expect(index.findKey('local', 'l')).toBeNull();
    index.remove(runId);
    expect(index.add(openingEntry(newRun({ key: 'k' })))).toBeNull();
    index.close();
  });

  it('lists the newest first, a page at a time, however much goes or comes meanwhile', () => {
    const index = create();
    const ids = Array.from({ length: 5 }, () => add(index)).toReversed();
    const first = index.list({}, 2, null);
    expect(first.runs.map(({ runId }) => runId)).toEqual(ids.slice(0, 2));
    expect(first.runs[0]).not.toHaveProperty('report');
    index.remove(ids[1] ?? '');
    add(index);
    const second = index.list({}, 2, first.next);
    expect(second.runs.map(({ runId }) => runId)).toEqual(ids.slice(2, 4));
    const third = index.list({}, 2, second.next);
    expect([third.runs.map(({ runId }) => runId), third.next]).toEqual([ids.slice(4), null]);
    expect(index.list({}, 2, 'nonsense')).toEqual({ runs: [], next: null });
    index.close();
  });

  it('lists what is asked for', () => {
    const index = create();
    const one = add(index, { receivedAt: '2026-01-01T00:00:00.000Z', labels: { team: 'a', env: 'ci' } });
    const two = add(
      index,
      { receivedAt: '2026-01-02T00:00:00.000Z', sessionId: 's', subject: 'b' },
      { state: 'running' },
    );
    const listed = (filter: Parameters<RunIndex['list']>[0]) =>
      index.list(filter, 9, null).runs.map(({ runId }) => runId);
    expect(listed({ subject: 'b' })).toEqual([two]);
    expect(listed({ states: ['queued', 'refused'] })).toEqual([one]);
    expect(listed({ sessionId: 's' })).toEqual([two]);
    expect(listed({ labels: { team: 'a' } })).toEqual([one]);
    expect(listed({ labels: { team: 'a', env: 'b' } })).toEqual([]);
    expect(listed({ since: '2026-01-02T00:00:00.000Z' })).toEqual([two]);
    expect(listed({ until: '2026-01-02T00:00:00.000Z' })).toEqual([one]);
    index.close();
  });

  it('lists sessions, those used last first', () => {
    const index = create();
    add(index, { sessionId: 'a', receivedAt: '1' }, { costUsd: 0.5, state: 'finished' });
    const b = add(index, { sessionId: 'b', receivedAt: '2' });
    const a = add(index, { sessionId: 'a', receivedAt: '3' }, { costUsd: 0.25, state: 'running' });
    add(index, { sessionId: 'c', subject: 'other' });
    add(index);
    const session = { runs: 1, firstAt: '2', lastAt: '2', lastRunId: b, lastState: 'queued', costUsd: 0 };
    const first = index.sessions('local', 1, null);
    expect(first.sessions).toEqual([
      { sessionId: 'a', runs: 2, firstAt: '1', lastAt: '3', lastRunId: a, lastState: 'running', costUsd: 0.75 },
    ]);
    expect(index.sessions('local', 1, first.next)).toEqual({ sessions: [{ sessionId: 'b', ...session }], next: null });
    index.close();
  });

  it('says what there is no room for, the oldest first, and nothing of what goes on', () => {
    const index = create();
    const now = Date.now();
    const at = (ms: number): string => new Date(now - ms).toISOString();
    const [old, first, second, third] = [
      add(index, {}, ended(at(50_000), 1)),
      add(index, {}, ended(at(30), 10)),
      add(index, {}, ended(at(20), 10)),
      add(index, {}, ended(at(10), 10)),
    ];
    add(index, {}, { state: 'running', size: 1_000 });
    const most = { runs: 10, bytes: 100, ageMs: 60_000 };
    expect(index.excess(most)).toEqual({ runs: [], records: [] });
    const sorted = (limits: Partial<typeof most>) => {
      const { runs, records } = index.excess({ ...most, ...limits });
      return { runs: runs.toSorted(), records: records.toSorted() };
    };
    expect(sorted({ runs: 2 })).toEqual({ runs: [old, first], records: [] });
    expect(sorted({ ageMs: 20_000 })).toEqual({ runs: [old], records: [] });
    expect(sorted({ bytes: 20 })).toEqual({ runs: [], records: [old, first] });
    expect(sorted({ runs: 0 })).toEqual({ runs: [old, first, second, third], records: [] });
    index.close();
  });

  it('knows whose a session is: whoever had it first', () => {
    const index = create();
    expect(index.ownerOf('s')).toBeNull();
    index.claim('s', 'a');
    index.claim('s', 'b');
    expect(index.ownerOf('s')).toBe('a');
    index.close();
  });
});
