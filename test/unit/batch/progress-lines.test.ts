import { expect, it } from 'vitest';
import { progressLines } from '../../../src/batch/progress/progress-lines.ts';
import { keepTally } from '../../../src/batch/progress/tally.ts';

it('says of a total whether it is a guess, by how much of the source was read', () => {
  const { observer, tally } = keepTally(() => 0);
  const read = (number: number, share: number): string => {
    observer.bad({ where: `items.txt:${number}`, number, share, problem: 'it is no JSON' });
    return progressLines(tally, 1_000, 1_000).sum;
  };
  expect(read(1, 0.15)).toMatch(/^0 of about 7 done/);
  expect(read(2, 1)).toMatch(/^0 of 2 done/);
});
