import { expect, it } from 'vitest';
import { historyTable } from '../../../../src/cli/output/history-table.ts';
import { costPlot } from '../../../../src/cli/output/cost-plot.ts';
import { openingEntry, withoutReport } from '../../../../src/runs/run-entry.ts';
import type { PastRun } from '../../../../src/runs/disk/history.ts';
import { createPaint } from '../../../../src/sinks/pretty/theme.ts';
import { newRun } from '../../runs/entries.ts';

const paint = createPaint(0);

/** A run of the last year, so that its day is told and not its time. */
function pastRun(prompt: string, fields: Partial<PastRun> = {}): PastRun {
  return {
    ...withoutReport(openingEntry(newRun({ asked: { cwd: '/home/ann/shop', request: { prompt } } }))),
    receivedAt: '2025-11-21T12:00:00.000Z',
    runId: '1a2b3c4d-2222-4333-8444-555555555555',
    state: 'finished',
    class: 'success',
    costUsd: 0.0123,
    executionTime: 64_000,
    face: 'cli',
    model: null,
    ...fields,
  };
}

it('runs are a table as wide as the terminal', () => {
  const runs = [
    pastRun('why did the deploy fail, and what can be done about it?\nThe log says nothing of it.'),
    pastRun('日本語のテストが失敗する理由を教えてください、お願いします', { class: 'prompt_too_long', costUsd: null }),
    pastRun('\u001b[31mred\u001b[0m ::error::', { state: 'running', class: null, costUsd: null, executionTime: null }),
  ];
  const table = historyTable(runs, 80, paint);
  expect(table).toMatchInlineSnapshot(`
    "ID        WHEN        FOLDER  CLASS                TIME     COST  PROMPT
    1a2b3c4d  2025-11-21  shop    success          1 m 04 s  $0.0123  why did the d…
    1a2b3c4d  2025-11-21  shop    prompt_too_long  1 m 04 s        -  日本語のテス…
    1a2b3c4d  2025-11-21  shop    running                 -        -  ␛[31mred␛[0m …
    "
  `);
  expect(table.includes('\u001b')).toBe(false);
  expect(historyTable([pastRun('hi', { face: 'server', subject: 'alice' })], 80, paint)).toMatchInlineSnapshot(`
    "ID        WHEN        FOLDER  CLASS        TIME     COST  CALLER  PROMPT
    1a2b3c4d  2025-11-21  shop    success  1 m 04 s  $0.0123  alice   hi
    "
  `);
});

it('costs are bars with their sum', () => {
  const groups = [
    { of: '2026-11-29', usd: 1.25, runs: 12 },
    { of: '2026-11-30', usd: 0.01, runs: 1 },
    { of: null, usd: 0, runs: 1_234 },
  ];
  expect(costPlot({ groups, total: { usd: 1.26, runs: 1_247 } }, 60, paint)).toMatchInlineSnapshot(`
    "2026-11-29  █████████████████████████████  $1.25     12 runs
    2026-11-30  ▎                              $0.01       1 run
    (none)                                        $0  1,234 runs
    total                                      $1.26  1,247 runs
    "
  `);
});
