import { describe, expect, it } from 'vitest';
import { AnchorFinder } from '../../../src/secrets/scan/finder.ts';
import { anchorAt } from '../../../src/secrets/scan/span.ts';

const finder = new AnchorFinder(anchorAt('stats auth', () => undefined));

describe('the character that keeps an anchor from standing', () => {
  it.each([
    ['to the left', 'r-12] auth.', 0, 6, 4],
    ['to the right', 'stats auto', 0, 6, 9],
    ['nearest to the position', 'sTaxs.auto', 0, 5, 5],
    ['behind the end of the text', 'stats aut', 0, 6, 9],
    ['before its beginning', ' auth', -5, 0, -1],
    ['behind the position', 'k_stats auth', 1, 0, 1],
  ])('%s', (_, text, start, position, expected) => {
    expect(finder.missAt(text, start, position)).toBe(expected);
  });

  it('is none where the anchor stands', () => {
    expect(finder.missAt('Stats Auth', 0, 6)).toBe(-1);
  });
});
