import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { foldKnowledge } from '../../../src/batch/journal/known.ts';
import { createWordTable } from '../../../src/batch/word-table.ts';

describe('what is known of items', () => {
  const fingerprint = (of: string) => createHash('sha256').update(of).digest('hex').slice(0, 32);
  const done = { entry: 'ended', state: 'done', class: 'success', costUsd: 0 } as const;
  const failed = { entry: 'ended', state: 'failed', class: 'failed', costUsd: 0 } as const;

  it.each([
    ['as it is written', fingerprint('one'), fingerprint('two')],
    ['in any other form', 'one', 'two'],
  ])('is known of them as they were, by a fingerprint %s', (_, one, two) => {
    const { items, see } = foldKnowledge();
    see({ ...done, id: 'a', fingerprint: one });
    expect(items.get({ id: 'a', fingerprint: one })).toMatchObject({ state: 'done', isAnswered: true });
    expect(items.get({ id: 'a', fingerprint: two })).toBeUndefined();
    expect(items.get({ id: 'b', fingerprint: one })).toBeUndefined();
    see({ ...failed, id: 'a', fingerprint: two });
    expect(items.get({ id: 'a', fingerprint: two })).toMatchObject({ state: 'failed', isAnswered: true });
    expect(items.get({ id: 'a', fingerprint: one })).toBeUndefined();
    see({ entry: 'writing', id: 'b', fingerprint: one, tool: 'Edit' });
    expect(items.get({ id: 'b', fingerprint: one })).toMatchObject({ state: 'uncertain', isAnswered: false });
    expect(items.get({ id: 'b', fingerprint: two })).toBeUndefined();
  });

  it('has the newest answer take the place of others, which are to go from the output', () => {
    const knowledge = foldKnowledge();
    for (const of of ['one', 'two']) {
      expect(knowledge.isSuperseded).toBe(false);
      knowledge.see({ ...done, id: 'a', fingerprint: fingerprint(of) });
    }
    expect(knowledge.isSuperseded).toBe(true);
    expect(knowledge.items.get({ id: 'a', fingerprint: fingerprint('one') })).toBeUndefined();
    expect(knowledge.items.get({ id: 'a', fingerprint: fingerprint('two') })).toBeDefined();
  });
});

it('a table has the words of each text, as a Map has', () => {
  const table = createWordTable(2);
  const map = new Map<string, number>();
  for (let turn = 0; turn < 20_000; turn++) {
    const text = `text ${(turn * turn) % 7_919}`;
    expect(table.find(text) !== null).toBe(map.has(text));
    const at = table.add(text);
    table.words.set([turn, ~turn], at);
    map.set(text, turn);
  }
  expect(table.size).toBe(map.size);
  for (const [text, turn] of map) {
    const at = table.find(text) ?? Number.NaN;
    expect([...table.words.subarray(at, at + 2)]).toEqual([turn, ~turn >>> 0]);
  }
});
