import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/batch/item.ts';
import { SluiceError } from '../../../src/errors.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import type { Raw } from '../outcome/evidence.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { batchIn, ended, item, type Settings, type Work } from './batches.ts';

const ABC = [item('a'), item('b'), item('c')];

/** Ends well, and takes down whose turn it was. */
function worker(): { readonly ran: string[]; readonly work: Work } {
  const ran: string[] = [];
  return { ran, work: ({ id }) => (ran.push(id), ended()) };
}

describe('a batch', () => {
  it('runs each item once, and none again when it is started again', async () => {
    const folder = temporaryFolder();
    const { ran, work } = worker();
    expect(await batchIn(folder, ABC, work)).toMatchObject({ done: ['a', 'b', 'c'], tally: { done: 3 } });
    expect(await batchIn(folder, ABC, work)).toMatchObject({
      done: ['a', 'b', 'c'],
      tally: { done: 0, doneBefore: 3 },
    });
    expect(ran).toEqual(['a', 'b', 'c']);
  });

  it.each(['out.jsonl', 'out'])('runs what has changed, and keeps the newest result alone: %s', async (out) => {
    const folder = temporaryFolder();
    const { ran, work } = worker();
    await batchIn(folder, ABC, work, { out });
    const changed = item('b', { fingerprint: 'other' });
    const { done } = await batchIn(folder, [item('a'), changed, item('c')], work, { out });
    expect(ran).toEqual(['a', 'b', 'c', 'b']);
    expect(done.toSorted()).toEqual(['a', 'b', 'c']);
    const again = await batchIn(folder, [item('a'), changed, item('c')], work, { out });
    expect([ran.length, again.tally.doneBefore]).toEqual([4, 3]);
  });

  it('tells of rows that are none, and of names that are taken, and runs the others', async () => {
    const bad = { where: 'items:2', number: 2, share: null, problem: 'it is none' };
    const { tally, done } = await batchIn(temporaryFolder(), [item('a'), bad, item('a'), item('b')], worker().work);
    expect(done).toEqual(['a', 'b']);
    expect(tally.letters.map(({ message }) => message)).toEqual(['it is none', 'the id "a" is that of line 1, too']);
  });

  it('leaves what failed, tries again what may go well, and does both when it is asked to', async () => {
    const folder = temporaryFolder();
    const ran: string[] = [];
    const work: Work = ({ id }) => (ran.push(id), ended(id === 'a' ? 'failed' : 'overloaded'));
    const two = [item('a'), item('b')];
    const { tally } = await batchIn(folder, two, work);
    expect(ran).toEqual(['a', 'b', 'b']);
    expect([...tally.failed]).toEqual([
      ['failed', 1],
      ['overloaded', 1],
    ]);
    expect(readFileSync(join(folder, 'out.jsonl.failed.jsonl'), 'utf8').split('\n')).toHaveLength(3);
    const { work: good, ran: second } = worker();
    await batchIn(folder, two, good);
    expect(second).toEqual(['b']);
    await batchIn(folder, two, good, { plan: { again: { failed: true, uncertain: false } } });
    expect(second).toEqual(['b', 'a']);
    expect(existsSync(join(folder, 'out.jsonl.failed.jsonl'))).toBe(false);
  });

  it('does not repeat what may have written, unless it is asked to', async () => {
    const folder = temporaryFolder();
    const work: Work = async (_, watch) => {
      await watch.writing('Bash');
      return ended('network');
    };
    const { tally } = await batchIn(folder, [item('a')], work);
    expect(tally.letters).toMatchObject([{ id: 'a', state: 'uncertain', message: 'it had used Bash: network it was' }]);
    const { work: good, ran } = worker();
    const left = await batchIn(folder, [item('a')], good);
    expect(left.tally.letters).toMatchObject([{ id: 'a', state: 'uncertain' }]);
    await batchIn(folder, [item('a')], good, { plan: { again: { failed: false, uncertain: true } } });
    expect(ran).toEqual(['a']);
  });

  it.each([
    ['open', 'the disk is full', false],
    ['uncertain', 'Edit', true],
  ])('tells of an item whose work could not be brought back: it is %s', async (state, message, writes) => {
    const folder = temporaryFolder();
    const work: Work = async (_, watch) => {
      if (writes) await watch.writing('Edit');
      throw new SluiceError('output_error', 'the disk is full');
    };
    const { conclusion, tally } = await batchIn(folder, [item('a')], work);
    expect(conclusion.fault).toMatchObject({ code: 'output_error' });
    expect(tally.letters).toMatchObject([{ id: 'a', state, message: expect.stringContaining(message) }]);
    expect([tally.rows, tally.running]).toEqual([1, []]);
    const { ran, work: good } = worker();
    await batchIn(folder, [item('a')], good);
    expect(ran).toEqual(writes ? [] : ['a']);
  });

  it('says how many items are to come, so that nothing is made ready for none', async () => {
    let coming = (): number => Number.NaN;
    const told: number[] = [];
    const carrier: Settings['carrier'] = { ahead: 2, foresee: (tell) => (coming = tell) };
    const work: Work = () => {
      told.push(coming());
      return ended();
    };
    await batchIn(temporaryFolder(), ABC, work, { atOnce: 1, carrier });
    expect([told[0], told.at(-1)]).toEqual([Number.POSITIVE_INFINITY, 0]);
  });

  it('waits for a limit to reset, which costs no try', async () => {
    let failures = 5;
    const work: Work = () => (failures-- > 0 ? ended('rate_limited', { retryAfter: 0.005 }) : ended());
    const { done, tally, conclusion } = await batchIn(temporaryFolder(), [item('a')], work, { plan: { tries: 1 } });
    expect(conclusion.fault).toBeNull();
    expect(done).toEqual(['a']);
    expect([tally.runs, tally.ended]).toEqual([6, 1]);
  });

  it('begins nothing more once all would fail the same way, and lets it be done later', async () => {
    const folder = temporaryFolder();
    const { conclusion, tally } = await batchIn(folder, ABC, () => ended('auth'), { atOnce: 1 });
    expect(conclusion.hopeless).toMatchObject({ class: 'auth' });
    expect([...tally.failed]).toEqual([['open', 1]]);
    expect((await batchIn(folder, ABC, worker().work)).done).toEqual(['a', 'b', 'c']);
  });

  it('begins nothing more than it may, by number and by cost', async () => {
    const folder = temporaryFolder();
    const { ran, work } = worker();
    await batchIn(folder, ABC, work, { plan: { limit: 1 } });
    expect(ran).toEqual(['a']);
    const { conclusion } = await batchIn(folder, ABC, work, { plan: { budgetUsd: 0.02 }, atOnce: 1 });
    expect([ran, conclusion.isOverBudget]).toEqual([['a', 'b'], true]);
  });

  it('remembers what runs cost that were to be run again, and that their item is not done', async () => {
    const folder = temporaryFolder();
    const drain = new AbortController();
    const turned: Work = () => (drain.abort(), ended('overloaded'));
    const { tally } = await batchIn(folder, [item('a')], turned, { drain: drain.signal });
    expect([tally.rows, [...tally.failed]]).toEqual([1, [['open', 1]]]);
    const { ran, work } = worker();
    const { conclusion } = await batchIn(folder, [item('a')], work, { plan: { budgetUsd: 0.01 } });
    expect([ran, conclusion.isOverBudget]).toEqual([[], true]);
  });

  it('lets what runs finish, or stops it, and goes on the next time', async () => {
    const folder = temporaryFolder();
    const drain = new AbortController();
    const { ran, work } = worker();
    const draining: Work = (...asked) => (drain.abort(), work(...asked));
    await batchIn(folder, ABC, draining, { drain: drain.signal, atOnce: 1 });
    expect(ran).toEqual(['a']);
    const stop = new AbortController();
    const stopping: Work = () => (stop.abort('SIGINT'), ended('interrupted'));
    const { tally } = await batchIn(folder, ABC, stopping, { stop: stop.signal, atOnce: 1 });
    expect([...tally.failed]).toEqual([['open', 1]]);
    expect((await batchIn(folder, ABC, work)).done).toEqual(['a', 'b', 'c']);
    expect(ran).toEqual(['a', 'b', 'c']);
  });

  it('slows all down when the API turns one away', async () => {
    const raw: Raw = {
      type: 'system',
      subtype: 'api_retry',
      attempt: 1,
      max_retries: 10,
      retry_delay_ms: 1,
      error_status: 429,
      error: 'rate_limit',
      session_id: 's',
      uuid: 'u',
    };
    const event = {
      sequence: 1,
      timestamp: '',
      sessionId: null,
      message: recognise(raw),
      redactions: 0,
      truncated: false,
    };
    let [running, most] = [0, 0];
    const work: Work = async ({ id }, watch) => {
      if (id === 'first') watch.see(event);
      running++;
      await new Promise(setImmediate);
      if (id !== 'first') most = Math.max(most, running);
      running--;
      return ended();
    };
    const rows: Item[] = ['first', ...Array.from({ length: 12 }, (_, index) => `${index}`)].map((id) => item(id));
    await batchIn(temporaryFolder(), rows, work, { atOnce: 4 });
    expect(most).toBeLessThan(4);
  });

  it('ends where it can write nothing down, and says so', async () => {
    const full = new SluiceError('output_error', 'no space left');
    const work: Work = async (_, watch) => {
      await watch.writing('Edit');
      throw full;
    };
    const folder = temporaryFolder();
    const { conclusion } = await batchIn(folder, ABC, work, { atOnce: 1 });
    expect(conclusion.fault).toBe(full);
    const { tally, done } = await batchIn(folder, ABC, worker().work);
    expect(tally.letters).toMatchObject([{ id: 'a', state: 'uncertain' }]);
    expect(done).toEqual(['b', 'c']);
  });

  it.each([
    ['success', 1, { done: 1, doneBefore: 0, letters: [] }],
    ['failed', 1, { done: 0, doneBefore: 0, letters: [{ id: 'a', state: 'failed', class: 'failed' }] }],
    ['overloaded', 1, { done: 0, doneBefore: 0, letters: [{ id: 'a', state: 'open', class: 'overloaded' }] }],
  ] as const)('counts what is written down as it ended, though nobody could be told: %s', async (as, runs, tally) => {
    const away = new SluiceError('network', 'the queue is gone');
    const carrier = { settled: () => Promise.reject(away) };
    const got = await batchIn(temporaryFolder(), ABC, () => ended(as), { atOnce: 1, carrier });
    expect(got).toMatchObject({ conclusion: { fault: away }, tally: { ...tally, runs, rows: 1, running: [] } });
  });
});
