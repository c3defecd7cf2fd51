import { describe, expect, it } from 'vitest';
import { lineOf, shorten } from '../../src/shorten.ts';

describe('a text that is shortened', () => {
  it.each([
    ['whole', 5, 'whole'],
    ['longer', 5, 'longe…'],
    ['abc😀', 4, 'abc…'],
    ['abc😀', 5, 'abc😀'],
    ['abc😀d', 5, 'abc😀…'],
    ['', 0, ''],
  ])('%s, to %i units, is %s', (text, most, short) => {
    expect(shorten(text, most)).toBe(short);
  });

  it('is one line where that is wanted', () => {
    expect(lineOf(' why\n\n did it 😀', 14)).toBe('why did it');
  });
});
