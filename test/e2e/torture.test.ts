import process from 'node:process';
import { describe, expect, it, vi } from 'vitest';
import { CLAUDE, since } from '../support/claude.ts';
import { ENDINGS } from '../torture/endings.ts';
import { KINDS } from '../torture/kinds.ts';
import { tryCell } from '../torture/try-cell.ts';

// Most of a try is waiting.
vi.setConfig({ maxConcurrency: 8, testTimeout: 120_000 });

// A machine that is busy with other tests takes its time; the torture is stricter.
const BOUND = 60_000;

// What is left is found in /proc. Versions before 2.1 have other tools.
const kinds = process.platform === 'linux' && since('2.1.0') ? KINDS : [];

describe.concurrent('nothing is left of a run', () => {
  describe.each(ENDINGS)('that ends by: $name', (ending) => {
    // Once in a while bash misses the end of a job that was stopped before.
    const retry = ending.asJob === true ? 2 : 0;
    it.each(kinds)('and has as a child: $name', { retry }, async (kind) => {
      expect((await tryCell(ending, kind, CLAUDE, 0, BOUND)).problems).toEqual([]);
    });
  });
});
