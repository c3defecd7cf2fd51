import { describe, expect, it } from 'vitest';
import { narrow, type Narrowing } from '../../../src/request/narrowing/narrow.ts';

const isPrefix = (asked: string, allowed: string): boolean => asked.startsWith(allowed);
const LEAST_FIRST: Narrowing = { narrowestFirst: ['none', 'some', 'all'] };
const EACH = { api: 10, tool: 20 };

describe('what is asked for', () => {
  it.each<[string, Narrowing, unknown, unknown, unknown]>([
    ['any value', 'harmless', 'x', 'y', 'x'],
    ['less', 'lower', 5, 10, 5],
    ['as much', 'lower', 10, 10, 10],
    ['anything where there is no limit', 'lower', 5, undefined, 5],
    ['less than the absence of a limit means', { atMost: 10 }, 5, undefined, 5],
    ['less in one part', 'lower', { api: 5 }, EACH, { api: 5, tool: 20 }],
    ['one limit for all parts that is less than each', 'lower', 5, EACH, { api: 5, tool: 5 }],
    ['more of a list', 'add', ['b'], ['a'], ['a', 'b']],
    ['a paragraph more', 'add', 'b', 'a', 'a\n\nb'],
    ['the first paragraph', 'add', 'b', undefined, 'b'],
    ['one of a list', 'restrict', 'a', ['a', 'b'], 'a'],
    ['some of a list', 'restrict', ['b'], ['a', 'b'], ['b']],
    ['what is covered', { coveredBy: isPrefix }, ['ab', 'b'], ['a', 'b'], ['ab', 'b']],
    ['on', 'on', true, undefined, true],
    ['the same rank', LEAST_FIRST, 'some', 'some', 'some'],
    ['any rank where there is none', LEAST_FIRST, 'all', undefined, 'all'],
  ])('counts where it is %s', (_, rule, asked, base, value) => {
    expect(narrow(rule, asked, base)).toMatchObject({ verdict: 'within', value });
  });

  it.each<[string, Narrowing, unknown, unknown, object]>([
    ['more', 'lower', 11, 10, { value: 10, excess: 11, allowed: 10 }],
    ['more than the absence of a limit means', { atMost: 10 }, 11, undefined, { value: 10, allowed: 10 }],
    ['more in one part, less in another', 'lower', { api: 5, tool: 30 }, EACH, { value: { api: 5, tool: 20 } }],
    ['one limit for all parts that is more than one', 'lower', 15, EACH, { value: { api: 10, tool: 15 } }],
    ['none of a list', 'restrict', 'c', ['a', 'b'], { value: [], excess: 'c', allowed: ['a', 'b'] }],
    ['partly not covered', { coveredBy: isPrefix }, ['ab', 'c'], ['a'], { value: ['ab'], excess: 'c', allowed: ['a'] }],
    ['a higher rank', LEAST_FIRST, 'all', 'some', { value: 'some', excess: 'all', allowed: ['none', 'some'] }],
  ])('goes too far where it is %s', (_, rule, asked, base, rest) => {
    expect(narrow(rule, asked, base)).toMatchObject({ verdict: 'beyond', ...rest });
  });

  it.each<[string, Narrowing | undefined, unknown, readonly string[]]>([
    ['without a rule', undefined, 1, []],
    ['to switch off what may only be switched on', 'on', false, ['true']],
    ['for what has no rank', LEAST_FIRST, 'most', ['none', 'some', 'all']],
  ])('is refused %s', (_, rule, asked, allowed) => {
    expect(narrow(rule, asked, undefined)).toEqual({ verdict: 'refused', allowed });
  });
});
