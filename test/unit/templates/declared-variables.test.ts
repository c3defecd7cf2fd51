import { describe, expect, it } from 'vitest';
import { declareVariable, valuesOf } from '../../../src/templates/declared-variables.ts';

const declared: Readonly<Record<string, unknown>> = {
  service: { required: true, description: 'whose log it is' },
  depth: { choices: ['short', 'long'], default: 'short' },
  limit: { type: 'number' },
  strict: { type: 'boolean' },
  note: null,
};

const template = {
  source: 'template t',
  variables: Object.entries(declared).map(([name, parts]) => declareVariable(name, parts)),
};

const given = (...assignments: readonly string[]) => Object.fromEntries(valuesOf(template, assignments));

const usage = (message: RegExp) => expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) });

describe('the values of variables', () => {
  it('are those given, and defaults', () => {
    expect(given('service=api', 'note=a=b')).toEqual({ service: 'api', depth: 'short', note: 'a=b' });
  });

  it('are as their type has them', () => {
    expect(given('service=api', 'limit= 2.50 ', 'strict=yes', 'depth=long')).toMatchObject({
      limit: '2.50',
      strict: 'true',
      depth: 'long',
    });
  });

  it.each([
    [['service=a', 'servce=b'], /^--var servce: template t has no such variable; did you mean service\?$/],
    [['service=a', 'zzzzzz=b'], /no such variable; it has service, depth, limit, strict, note$/],
    [['service=a', '__proto__=b'], /^--var __proto__: template t has no such variable/],
    [['service=a', 'service=a'], /^--var service: it is given twice$/],
    [[], /^template t needs --var service=… \(whose log it is\)$/],
    [['service='], /^template t needs --var service=…/],
    [['service=a', 'depth=deep'], /^--var depth: "deep" is not one of short, long$/],
    [['service=a', 'limit=many'], /^--var limit: "many" is not a number$/],
    [['service=a', 'limit='], /^--var limit: "" is not a number$/],
    [['service=a', 'strict=maybe'], /^--var strict: "maybe" is not true or false$/],
  ])('are refused: %j', (assignments, message) => {
    expect(() => given(...assignments)).toThrow(usage(message));
  });
});
