import process from 'node:process';
import { describe, expect, it, vi } from 'vitest';
import { CLAUDE, since } from '../support/claude.ts';
import { ENDINGS } from '../torture/endings.ts';
import { KINDS } from '../torture/kinds.ts';
import { STARTS } from '../torture/starts.ts';
import { tryCell } from '../torture/try-cell.ts';
import { tryStart } from '../torture/try-start.ts';

// Most of a try is waiting.
vi.setConfig({ maxConcurrency: 8, testTimeout: 120_000 });

// A machine that is busy with other tests takes its time; the torture is stricter.
const BOUND = 60_000;

// What is left is found in /proc. Versions before 2.1 have other tools.
const kinds = process.platform === 'linux' && since('2.1.0') ? KINDS : [];

/**
 * Each ending and each kind once; the torture has each with each, again and again. By this shift, SIGKILL meets the child
 * that hides best.
 */
const SHIFT = 5;
const cells = ENDINGS.flatMap((ending, at) => {
  const kind = kinds[(at + SHIFT) % kinds.length];
  return kind === undefined ? [] : [{ ending, kind }];
});

describe.concurrent('nothing is left of a run', () => {
  describe.each(cells)('that ends by: $ending.name', ({ ending, kind }) => {
    it(`and has as a child: ${kind.name}`, async () => {
      expect((await tryCell(ending, kind, CLAUDE, 0, BOUND)).problems).toEqual([]);
    });
  });

  it('of any kind', () => {
    expect(new Set(cells.map(({ kind }) => kind))).toEqual(new Set(kinds));
  });
});

/** Another moment each, in turn; the torture has more of them for each. */
const starts = STARTS.map((start, at) => ({ ...start, round: (at + 1) % 2 }));

describe
  .runIf(process.platform === 'linux')
  .concurrent('nothing is left of a run whose sluice is killed while it starts', () => {
    it.each(starts)('$name', async ({ round, ...start }) => {
      expect(await tryStart(start, CLAUDE, round, BOUND)).toEqual([]);
    });
  });
