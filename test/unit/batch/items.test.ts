import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BadRow, isItem, type Item, type Row } from '../../../src/batch/item.ts';
import { shard } from '../../../src/request/kinds/shards.ts';
import { choose } from '../../../src/batch/items/choose.ts';
import { createDistinct } from '../../../src/batch/items/distinct.ts';
import { fileRows } from '../../../src/batch/items/file-rows.ts';
import { findFiles } from '../../../src/batch/items/find-files.ts';
import { fingerprints } from '../../../src/batch/items/fingerprint.ts';
import { itemOf, type Recipe } from '../../../src/batch/items/item-of.ts';
import { jsonRows } from '../../../src/batch/items/json-rows.ts';
import { lineRows } from '../../../src/batch/items/line-rows.ts';
import { numberedLines } from '../../../src/batch/items/numbered-lines.ts';
import { tableRows } from '../../../src/batch/items/table-rows.ts';
import { collect, from } from '../../support/collect.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { item } from './batches.ts';

/** A text in pieces of so many bytes. */
const bytes = (text: string, size = 7) => {
  const all = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.subarray(index * size, (index + 1) * size),
  );
  return { chunks: from(pieces), size: all.length };
};

const told = (rows: readonly (Row | BadRow)[]) =>
  rows.map((row) => [
    row.where,
    'problem' in row ? row.problem : { ...row.values, ...(row.piped === undefined ? {} : { piped: row.piped }) },
  ]);

describe('rows', () => {
  it('of JSON lines are objects and texts; the others are told by their lines', async () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const text = `\uFEFF{"id":"a"}\n\n"why?"\r\n[1]\n{"id":\n${deep}\n{"id":"é"}`;
    const rows = await collect(jsonRows('f.jsonl', bytes(text)));
    expect(told(rows)).toEqual([
      ['f.jsonl:1', { id: 'a' }],
      ['f.jsonl:3', { prompt: 'why?' }],
      ['f.jsonl:4', 'it is neither an object nor a text'],
      ['f.jsonl:5', 'it is no JSON; each line has to be an object, or a text'],
      ['f.jsonl:6', 'it is nested more than 500 levels deep'],
      ['f.jsonl:7', { id: 'é' }],
    ]);
    expect(rows.at(-1)?.share).toBe(1);
  });

  it('of tables have the names of the first; empty cells say nothing, and odd rows are told', async () => {
    const rows = await collect(tableRows('f.csv', bytes('id,text\na,"x, ""y""\nz"\nb\nc,\n'), ','));
    expect(told(rows)).toEqual([
      ['f.csv:4', expect.stringMatching(/^it is no row of the table: /)],
      ['f.csv:3', { id: 'a', text: 'x, "y"\nz' }],
      ['f.csv:5', { id: 'c' }],
    ]);
    expect(told(await collect(tableRows('f.tsv', bytes('id\ttext\na\t"x\n'), '\t')))).toEqual([
      ['f.tsv:2', { id: 'a', text: '"x' }],
    ]);
  });

  it('of a table whose quote is never closed end there', async () => {
    const rows = await collect(tableRows('f.csv', bytes('id,text\na,b\nc,"d\n'), ','));
    expect(told(rows)).toEqual([
      ['f.csv:3', expect.stringMatching(/^it is no row of the table: Quote Not Closed/)],
      ['f.csv:2', { id: 'a', text: 'b' }],
    ]);
  });

  it('of a table have a name for each cell, and none is lost', async () => {
    expect(told(await collect(tableRows('f.csv', bytes('id,,\na,b,c\n'), ',')))).toEqual([
      ['f.csv:2', { id: 'a', 'column 2': 'b', 'column 3': 'c' }],
    ]);
    expect(told(await collect(tableRows('f.csv', bytes('id,note,note\na,b,c\n'), ',')))).toEqual([
      ['f.csv', 'it cannot be read: two columns have the name "note"; give each its own'],
    ]);
  });

  it('in another encoding are told, and nothing is made of them', async () => {
    const latin = Buffer.from('id,text\na,caf\u00E9\n', 'latin1');
    const input = () => ({ chunks: from([latin]), size: latin.length });
    expect(told(await collect(tableRows('f.csv', input(), ',')))).toEqual([
      ['f.csv', expect.stringContaining('it is not UTF-8')],
    ]);
    expect(told(await collect(lineRows('f', input())))).toEqual([
      ['f:1', { piped: 'id,text' }],
      ['f:2', expect.stringContaining('it is not UTF-8')],
    ]);
  });

  it('of plain lines and of files are what they are about', async () => {
    expect(told(await collect(lineRows('stdin', bytes('one\n\ntwo'))))).toEqual([
      ['stdin:1', { piped: 'one' }],
      ['stdin:3', { piped: 'two' }],
    ]);
    const folder = temporaryFolder({ 'b/2.md': '', 'b/1.md': '', 'c.txt': '' });
    expect(told(await collect(fileRows(await findFiles('**/*.md', folder))))).toEqual([
      ['b/1.md', { id: 'b/1.md', files: ['b/1.md'] }],
      ['b/2.md', { id: 'b/2.md', files: ['b/2.md'] }],
    ]);
  });

  it('of files are one a file, wherever links lead, and none of what they lead out to', async () => {
    const outside = temporaryFolder({ 'secret.md': '' });
    const folder = temporaryFolder({ 'a.md': '', 'b/c.md': '' });
    symlinkSync('.', join(folder, 'loop'));
    symlinkSync('a.md', join(folder, 'again.md'));
    symlinkSync(outside, join(folder, 'out'));
    symlinkSync(join(outside, 'secret.md'), join(folder, 'other.md'));
    expect(await findFiles('**/*.md', folder)).toEqual(['a.md', 'b/c.md']);
    expect(await findFiles('out/*.md', folder)).toEqual(['out/secret.md']);
  });

  it('are the same, whatever pieces their text comes in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' })),
        fc.integer({ min: 1, max: 9 }),
        async (texts, size) => {
          const lines = texts.map((text) => text.replaceAll(/[\r\n\uFEFF]/g, ''));
          const read: string[] = [];
          for await (const piece of numberedLines(bytes(lines.map((line) => `${line}\n`).join(''), size).chunks))
            read.push(...[...piece].map(({ text }) => text));
          expect(read).toEqual(lines);
        },
      ),
    );
  });
});

describe('an item', () => {
  const recipe: Recipe = {
    base: { model: 'sonnet', maxTurns: 9 },
    folder: '/data',
    fingerprint: () => 'f',
    variables: new Set(['service']),
    compose: async (asked) => ({ text: JSON.stringify(asked) }),
    isSecret: (text) => text.includes('SECRET'),
  };
  const of = (values: Row['values']) => itemOf({ where: 'f:7', number: 7, share: null, values }, recipe);

  it('sets options of its own, whose paths count from its file, beside those of all', async () => {
    expect(
      await of({ maxTurns: '3', cwd: 'repo', service: 4, score: 0.5, prompt: 'why?', vars: { x: 'y' } }),
    ).toMatchObject({
      id: '7',
      own: ['maxTurns', 'cwd'],
      request: {
        model: 'sonnet',
        maxTurns: 3,
        cwd: '/data/repo',
        prompt: {
          text: JSON.stringify({
            prompt: 'why?',
            files: [],
            vars: { service: '4', x: 'y' },
            data: { score: 0.5 },
            piped: null,
          }),
        },
      },
    });
  });

  it('says which workers can do it, which changes no answer', async () => {
    const plain = await of({ prompt: 'why?' });
    expect(await of({ prompt: 'why?', queueOnly: 'gpu' })).toEqual({ ...plain, only: 'gpu' });
  });

  it.each<[Row['values'], string]>([
    [{ maxTurns: 'many' }, 'maxTurns: expected a whole number above 0'],
    [{ prompt: 7 }, 'prompt: expected a text'],
    [{ files: [7] }, 'files: expected a list of paths'],
    [{ vars: 'x' }, 'vars: expected an object of texts'],
    [
      { queueOnly: 'a b' },
      'queueOnly: expected a name of at most 64 letters, digits, dots, dashes and underscores that begins with a letter or digit',
    ],
    [{ id: 'a\nb' }, 'id: expected a text of one line, of at most 500 characters'],
    [{ id: '\uD800' }, 'id: expected a text of one line, of at most 500 characters'],
    [{ id: '\u001B[2J' }, 'id: expected a text of one line, of at most 500 characters'],
    [{ id: 'my SECRET' }, 'id: there is a secret in it, and it would be shown; name the item otherwise'],
    [{ findings: true, jsonSchema: '{}' }, 'findings: findings have a schema of their own; leave it or jsonSchema out'],
  ])('is none where the row says what can not be: %j', async (values, problem) => {
    expect(await of(values)).toMatchObject({ where: 'f:7', problem });
  });
});

describe('the fingerprint of an item', () => {
  const fingerprintOf = fingerprints({});

  it('changes with what the answer depends on, and with nothing else', () => {
    const folder = temporaryFolder({ 'system.md': 'Be brief.' });
    const prompt = { text: 'why?' };
    const first = fingerprintOf({ model: 'opus' }, prompt);
    expect(
      fingerprintOf({ model: 'opus', timeout: 5, retries: 2, maxChars: 9 }, { ...prompt, warnings: ['odd'] }),
    ).toBe(first);
    for (const other of [{ model: 'haiku' }, { model: 'opus', maxTurns: 2 }])
      expect(fingerprintOf(other, prompt)).not.toBe(first);
    expect(fingerprintOf({ model: 'opus' }, { text: 'why?', attachments: [{ name: 'a', text: 'b' }] })).not.toBe(first);
    const before = fingerprintOf({ systemPromptFile: join(folder, 'system.md') }, prompt);
    const moved = temporaryFolder({ 'system.md': 'Be long.' });
    expect(fingerprintOf({ systemPromptFile: join(moved, 'system.md') }, prompt)).not.toBe(before);
    const mention = { text: 'read @system.md' };
    expect(fingerprintOf({ cwd: folder }, mention)).not.toBe(fingerprintOf({ cwd: moved }, mention));
  });
});

describe('a choice', () => {
  const rows = Array.from({ length: 40 }, (_, index): Item => item(`i${index}`, { number: index }));
  const chosen = async (choice: Partial<Parameters<typeof choose>[1]>) =>
    (await collect(choose(from(rows), { shard: null, sample: undefined, shuffle: null, ...choice })))
      .filter(isItem)
      .map(({ id }) => id);

  it('by chance is the same for the same seed, and in the order of the file where none is asked for', async () => {
    const sample = await chosen({ sample: 5 });
    expect(sample).toEqual(await chosen({ sample: 5 }));
    expect(sample.toSorted((one, other) => Number(one.slice(1)) - Number(other.slice(1)))).toEqual(sample);
    const shuffled = await chosen({ shuffle: 'x' });
    expect(shuffled).toEqual(await chosen({ shuffle: 'x' }));
    expect(shuffled).not.toEqual(await chosen({ shuffle: 'y' }));
    expect(shuffled.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
  });

  it('by parts has each item in one of them, whatever else is there', async () => {
    const parts = await Promise.all([1, 2, 3].map((index) => chosen({ shard: { index, count: 3 } })));
    for (const part of parts) expect(part.length).toBeGreaterThan(5);
    expect(parts.flat().toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
    const one = await collect(choose(from(rows.slice(7)), { shard: { index: 1, count: 3 }, sample: 2, shuffle: null }));
    expect(parts[0]).toEqual(expect.arrayContaining(one.filter(isItem).map(({ id }) => id)));
  });

  it.each(['0/8', '9/8', '1', '1/0', '-1/2', '1/8/9', ' 1/8'])('has no part %j', (text) => {
    expect(() => shard.parse(text)).toThrow('a part of so many');
  });
});

it('are no more than can be told apart', () => {
  const distinct = createDistinct(1);
  const row = (id: string) => item(id, { where: `items.jsonl:${id}` });
  expect(distinct(row('1'))).toMatchObject({ id: '1' });
  expect(() => distinct(row('2'))).toThrow('items.jsonl:2: a batch has 1 items at most; make several');
});
