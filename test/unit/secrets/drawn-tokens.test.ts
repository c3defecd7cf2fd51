import { expect, it } from 'vitest';
import { DrawnTokens } from '../../../src/secrets/scan/drawn-tokens.ts';

/** Where each begins, asked for character by character. */
function beginningsOf(text: string): number[] {
  const tokens = new DrawnTokens(text);
  return Array.from(text, (_, at) => at).filter((at) => tokens.beginsWithin(at, at + 1));
}

it('finds where tokens begin that have a digit, or letters of both cases', () => {
  expect(beginningsOf('key = abcdefg1, token: abcdEfgh')).toEqual([6, 23]);
  expect(beginningsOf('a1b2c3d abcdefgh words_and.names1234-of5678')).toEqual([17]);
});

it('finds them across the windows that it searches', () => {
  for (const lead of [254, 255, 256, 257, 511, 512]) {
    const text = `${' '.repeat(lead)}${'a'.repeat(40)}1 `;
    expect(beginningsOf(text)).toEqual([lead]);
    expect(new DrawnTokens(text).beginsWithin(0, lead)).toBe(false);
    expect(new DrawnTokens(text).beginsWithin(0, lead + 1)).toBe(true);
  }
});

it('says how much of the text that depends on', () => {
  const tokens = new DrawnTokens('name abcdefgh, rest');
  expect(tokens.reachOf(5)).toBe(14);
  expect(tokens.reachOf(13)).toBe(14);
});
