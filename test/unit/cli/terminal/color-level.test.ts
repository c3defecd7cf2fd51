import { describe, expect, it } from 'vitest';
import { colorLevel } from '../../../../src/cli/terminal/color-level.ts';

const XTERM = { TERM: 'xterm-256color' };
const TRUE = { TERM: 'xterm', COLORTERM: 'truecolor' };

describe('colorLevel', () => {
  it.each<[string, Readonly<Record<string, string>>, boolean, number]>([
    // What the terminal can do.
    ['auto', {}, true, 1],
    ['auto', XTERM, true, 2],
    ['auto', TRUE, true, 3],
    ['auto', { ...XTERM, COLORTERM: '24bit' }, true, 3],
    ['auto', { TERM: 'dumb' }, true, 0],
    ['auto', { TERM: 'dumb', COLORTERM: 'truecolor' }, true, 0],
    ['auto', TRUE, false, 0],
    // https://no-color.org: present and not empty.
    ['auto', { ...TRUE, NO_COLOR: '1' }, true, 0],
    ['auto', { ...TRUE, NO_COLOR: '0' }, true, 0],
    ['auto', { ...TRUE, NO_COLOR: '' }, true, 3],
    // FORCE_COLOR wins over both.
    ['auto', { FORCE_COLOR: '1' }, false, 1],
    ['auto', { FORCE_COLOR: '2' }, false, 2],
    ['auto', { FORCE_COLOR: '3' }, false, 3],
    ['auto', { FORCE_COLOR: 'true' }, false, 1],
    ['auto', { FORCE_COLOR: '' }, false, 1],
    ['auto', { ...TRUE, FORCE_COLOR: '0' }, true, 0],
    ['auto', { ...TRUE, FORCE_COLOR: 'false' }, true, 0],
    ['auto', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, 1],
    // --color wins over everything.
    ['never', { ...TRUE, FORCE_COLOR: '3' }, true, 0],
    ['always', {}, false, 1],
    ['always', TRUE, false, 3],
    ['always', { NO_COLOR: '1' }, false, 1],
    ['always', { TERM: 'dumb' }, true, 1],
    ['always', { FORCE_COLOR: '2' }, false, 2],
    ['always', { FORCE_COLOR: '0' }, false, 1],
  ])('%s with %j on a terminal: %s gives %i', (when, env, isTTY, level) => {
    expect(colorLevel(when, env, isTTY)).toBe(level);
  });
});
