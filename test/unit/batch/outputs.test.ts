import { appendFileSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../../../src/batch/journal/journal.ts';
import { csvOf } from '../../../src/batch/outputs/csv.ts';
import { fileNameOf } from '../../../src/batch/outputs/file-name-of.ts';
import { htmlReport } from '../../../src/batch/outputs/html-report.ts';
import type { Result } from '../../../src/batch/outputs/results.ts';
import { sarifOf } from '../../../src/batch/outputs/sarif.ts';
import type { Summary } from '../../../src/batch/outputs/summary.ts';
import { summaryTable } from '../../../src/batch/outputs/summary-table.ts';
import { openStore } from '../../../src/batch/store.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { batchIn, ended, item } from './batches.ts';

const result = (id: string, structured: unknown): Result => {
  const bundle = ended();
  return { id, fingerprint: id, ...bundle, result: { ...bundle.result, structured } };
};

const SUMMARY: Summary = {
  schemaVersion: 1,
  source: '/data/items.jsonl',
  out: 'out.jsonl',
  startedAt: '2026-11-30T03:00:00.000Z',
  executionTime: 125_000,
  rows: 4,
  done: 2,
  doneBefore: 1,
  notDone: { failed: 1, uncertain: 1 },
  runs: 3,
  usage: { inputTokens: 1200, outputTokens: 34 },
  costUsd: 0.02,
  totalCostUsd: 0.03,
  exitCode: 1,
  endedEarly: null,
  letters: [
    { id: 'c', where: 'items.jsonl:3', state: 'failed', class: 'failed', message: 'it failed' },
    { id: 'd', where: 'items.jsonl:4', state: 'uncertain', class: null, message: '<script>alert(1)</script>\u202E' },
  ],
};

describe('the journal', () => {
  it.each([
    ['no journal\n', /is no journal of a batch/],
    ['{"entry":"batch","version":1,"source":"others"}\n', /is the journal of another batch, of others, not items/],
    ['{"entry":"batch","version":9,"source":"items"}\n', /is of a newer sluice/],
  ])('is refused where it is another: %s', async (text, message) => {
    const path = join(temporaryFolder({ 'out.journal': text }), 'out.journal');
    await expect(openJournal(path, 'items')).rejects.toThrow(message);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('says which queue a batch is in, and lets it go on nowhere else', async () => {
    const path = join(temporaryFolder(), 'out.journal');
    const queue = { name: 'items', batch: 'one' };
    await (await openJournal(path, 'items', queue)).close();
    await expect(openJournal(path, 'items')).rejects.toThrow(/a batch in the queue items/);
    await expect(openJournal(path, 'items', { name: 'others', batch: 'two' })).rejects.toThrow(/in the queue items/);
    const again = await openJournal(path, 'items', { name: 'items', batch: 'two' });
    expect(again.queue).toEqual(queue);
    await again.close();
    const local = join(temporaryFolder(), 'local.journal');
    await (await openJournal(local, 'items')).close();
    await expect(openJournal(local, 'items', queue)).rejects.toThrow(/begun without --queue/);
  });

  it('belongs to one batch at a time', async () => {
    const path = join(temporaryFolder(), 'out.journal');
    const journal = await openJournal(path, 'items');
    await expect(openJournal(path, 'items')).rejects.toMatchObject({ code: 'locked' });
    await journal.close();
    await (await openJournal(path, 'items')).close();
  });

  it('is read past lines that are none, and a torn end', async () => {
    const folder = temporaryFolder();
    await batchIn(folder, [item('a')], () => ended());
    appendFileSync(join(folder, 'out.jsonl.journal'), 'odd\n{"entry":"ended","id":"b","state":"do');
    const journal = await openJournal(join(folder, 'out.jsonl.journal'), 'items');
    expect(['a', 'b'].map((id) => journal.knowledge.items.get(item(id))?.state)).toEqual(['done', undefined]);
    expect(journal.strays).toBe(1);
    await journal.close();
    expect(readFileSync(join(folder, 'out.jsonl.journal'), 'utf8')).toMatch(/\nodd\n$/);
  });
});

describe('the output', () => {
  it.each(['out.jsonl', 'out'])('has what is done, though the journal was lost: %s', async (out) => {
    const folder = temporaryFolder();
    await batchIn(folder, [item('a'), item('b')], () => ended(), { out });
    writeFileSync(join(folder, `${out}.journal`), '');
    const { tally } = await batchIn(folder, [item('a'), item('b')], () => ended('failed'), { out });
    expect([tally.doneBefore, tally.runs]).toEqual([2, 0]);
  });

  it('is looked through where somebody has changed it', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'out.jsonl');
    await batchIn(folder, [item('a'), item('b')], () => ended(), { atOnce: 1 });
    const [first = ''] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, `${first}\n`);
    const ran: string[] = [];
    await batchIn(folder, [item('a'), item('b')], ({ id }) => (ran.push(id), ended()));
    expect(ran).toEqual(['b']);
  });

  it('is not added to what somebody else has written, and that stays as it is', async () => {
    const folder = temporaryFolder({ 'notes.txt': 'a line\nand a half' });
    const path = join(folder, 'notes.txt');
    for (const _ of ['once', 'twice'])
      await expect(openStore(path, 'items')).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringContaining('holds no results'),
      });
    expect(readFileSync(path, 'utf8')).toBe('a line\nand a half');
    await expect(openStore('/dev/null', 'items')).rejects.toMatchObject({ code: 'usage' });
    expect(existsSync('/dev/null.journal')).toBe(false);
  });

  it.each(['out.jsonl', 'out'])('is one batch at a time, under whatever name: %s', async (name) => {
    const folder = temporaryFolder();
    symlinkSync(name, join(folder, `link-${name}`));
    const store = await openStore(join(folder, `link-${name}`), 'items');
    await expect(openStore(join(folder, name), 'items')).rejects.toMatchObject({ code: 'locked' });
    await store.results.add(item('a'), ended());
    await store.close();
    expect(readdirSync(folder)).toEqual([`link-${name}`, name, `${name}.journal`].toSorted());
  });

  it('is told where it can not be written', async () => {
    const folder = temporaryFolder({ file: '' });
    await expect(openStore(join(folder, 'file', 'out'), 'items')).rejects.toMatchObject({ code: 'output_error' });
    await expect(openStore(join(folder, 'no', 'out.jsonl'), 'items')).rejects.toMatchObject({ code: 'output_error' });
  });

  it('has files whose names lead nowhere and are different', () => {
    const ids = [
      'a',
      'A/b',
      '../../etc/passwd',
      '..',
      '.',
      'x'.repeat(400),
      `${'x'.repeat(399)}y`,
      'é',
      '\uD800',
      'a*',
      '',
    ];
    const names = ids.map(fileNameOf);
    expect(new Set(names).size).toBe(ids.length);
    for (const name of names) {
      expect(name).not.toMatch(/^\.|\//);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
    }
  });
});

describe('what is made at the end', () => {
  it('a table has a column for each field, and nothing in it is a formula', () => {
    const rows = [
      result('a', { label: 'x, "y"', score: -1 }),
      result('b', { label: '=1+1', more: [1] }),
      result('c', 'plain'),
    ];
    expect([...csvOf(() => rows)].join('')).toBe(
      'id,label,score,more,answer\r\na,"x, ""y""",-1,,\r\nb,\'=1+1,,[1],\r\nc,,,,plain\r\n',
    );
  });

  it('findings of all items are one document, the gravest first', () => {
    const finding = (level: string) => ({ level, message: `${level} here` });
    const rows = [
      result('a', { summary: 's', findings: [finding('notice')] }),
      result('b', { summary: 's', findings: [finding('error')] }),
    ];
    const { runs }: { runs: readonly { results: readonly { level: string }[] }[] } = JSON.parse(
      sarifOf(rows, SUMMARY, '/'),
    );
    expect(runs[0]?.results.map(({ level }) => level)).toEqual(['error', 'note']);
  });

  it('a page is harmless, whatever stands in it', () => {
    const page = htmlReport(SUMMARY, [result('<b>"a"</b>', { x: '</td><img src=x onerror=alert(1)>' })]);
    expect(page).not.toMatch(/<(?:script|img|b)\b|\u202E| on\w+="/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;‹U+202E›');
    expect(page).toContain('2 of 4 done');
  });

  it('a summary is a figure a line', () => {
    expect(summaryTable(SUMMARY)).toMatchInlineSnapshot(`
      "done       2, 1 of them before
      failed     1
      uncertain  1
      rows       4
      runs       3 in 2 m 05 s
      tokens     1,200 in, 34 out
      cost       $0.02, $0.03 with earlier starts

      not done:
        c: failed: it failed
        d: uncertain: <script>alert(1)</script>‹U+202E›
      "
    `);
  });
});
