import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/nearest.ts';

const NAMES = ['help', 'history', 'maxTurns', 'mcp'];

describe('the nearest name', () => {
  it.each([
    ['hepl', 'help'],
    ['hlep', 'help'],
    ['helq', 'help'],
    ['hel', 'help'],
    ['hhelp', 'help'],
    ['HELP', 'help'],
    ['mpc', 'mcp'],
    ['max-turns', 'maxTurns'],
    ['max_trun', 'maxTurns'],
    ['hisotyr', 'history'],
  ])('of %s is %s', (word, name) => {
    expect(nearest(word, NAMES)).toBe(name);
  });

  it.each(['', 'plh', 'pleh', 'hello', 'mc2p4', 'turns'])('is none for "%s"', (word) => {
    expect(nearest(word, NAMES)).toBeUndefined();
  });
});
