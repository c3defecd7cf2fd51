import { describe, expect, it } from 'vitest';
import { createMarker } from '../../../../src/claude/process-tree/marker.ts';
import { queueLimitOf } from '../../../../src/system/process-files.ts';

describe('a marker', () => {
  it('is a variable with an id that no two runs share', () => {
    const [one, other] = [createMarker({}), createMarker({ SLUICE_RUN: '' })];
    expect(one.id).toMatch(/^[0-9a-f]{32}$/);
    expect(one.variable).toEqual(['SLUICE_RUN', one.id]);
    expect(other.variable).toEqual(['SLUICE_RUN', other.id]);
    expect(one.id).not.toBe(other.id);
  });

  it('comes after those of the runs around it', () => {
    const { id, variable } = createMarker({ SLUICE_RUN: 'outermost,outer' });
    expect(variable[1]).toBe(`outermost,outer,${id}`);
  });

  it.runIf(process.platform === 'linux')('has a pair of limits below the current ones', () => {
    const current = queueLimitOf('self')?.hard ?? 0;
    const pairs = Array.from({ length: 1_000 }, () => createMarker({}).limit);
    for (const pair of pairs) {
      expect(pair?.hard).toBeLessThan(current);
      expect(pair?.soft).toBeLessThan(pair?.hard ?? 0);
      expect(pair?.soft).toBeGreaterThan(0);
    }
    expect(new Set(pairs.map((pair) => JSON.stringify(pair))).size).toBe(1_000);
  });
});
