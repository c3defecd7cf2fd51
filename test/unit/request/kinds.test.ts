import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duration, formatDuration, parseMilliseconds, wait } from '../../../src/request/kinds/durations.ts';
import { json, jsons } from '../../../src/request/kinds/json.ts';
import type { Parse } from '../../../src/request/kinds/kind.ts';
import { lines, names, texts, tools, variables } from '../../../src/request/kinds/lists.ts';
import { amount, count, positive } from '../../../src/request/kinds/numbers.ts';
import { size } from '../../../src/request/kinds/sizes.ts';
import { boolean, choice, name, optional } from '../../../src/request/kinds/texts.ts';

/** What a parser makes of a text, or what it says was expected. */
function outcomeOf(parse: Parse<unknown>, value: unknown): unknown {
  try {
    return parse(value);
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

const A_DURATION = /a duration such as/;
const A_SIZE = /a size such as/;

describe('parseDuration', () => {
  it.each([
    ['90s', 90_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['250ms', 250],
    ['1.5h', 5_400_000],
    ['90', 90_000],
    ['0.5', 500],
    [90, 90_000],
    [' 5m ', 300_000],
    ['1d', 86_400_000],
    ['1m1ms', 60_001],
  ])('%j is %i ms', (text, milliseconds) => {
    expect(duration.parse(text)).toBe(milliseconds);
  });

  it.each([
    '',
    'soon',
    '5 m',
    '5M',
    '-5m',
    '+5m',
    '5m!',
    'm',
    '5mm',
    '1e3',
    '5m30',
    '0',
    '0s',
    '0.0001ms',
    '25d',
    '9'.repeat(400),
    null,
    true,
    {},
  ])('%j is none', (text) => {
    expect(outcomeOf(duration.parse, text)).toMatch(A_DURATION);
  });

  it('can be typed again as it is shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (milliseconds) => {
        expect(duration.parse(formatDuration(milliseconds))).toBe(milliseconds);
      }),
    );
  });
});

describe('parseWait', () => {
  it.each(['0', '0s', '00', 0, ' 0m '])('takes %j for no wait at all', (text) => {
    expect(wait.parse(text)).toBe(0);
  });

  it('takes any duration, and shows each so that it can be typed again', () => {
    expect(wait.parse('90s')).toBe(90_000);
    expect(formatDuration(0)).toBe('0');
    expect(outcomeOf(wait.parse, '-1')).toMatch(A_DURATION);
  });
});

describe('parseMilliseconds', () => {
  it('takes whole numbers alone, and none that a timer cannot wait for', () => {
    expect(parseMilliseconds('600000')).toBe(600_000);
    for (const text of ['10m', '1.5', '-1', '', '0', '2147483648']) {
      expect(outcomeOf(parseMilliseconds, text)).toMatch(/milliseconds/);
    }
  });
});

describe('parseSize', () => {
  it.each([
    ['64k', 65_536],
    ['10MiB', 10_485_760],
    ['2m', 2_097_152],
    ['2MB', 2_000_000],
    ['1kB', 1000],
    ['1KiB', 1024],
    ['1g', 1_073_741_824],
    ['20000', 20_000],
    [20_000, 20_000],
    ['512b', 512],
    ['1.5k', 1536],
    ['10 MiB', 10_485_760],
    ['0', 0],
  ])('%j is %i', (text, bytes) => {
    expect(size.parse(text)).toBe(bytes);
  });

  it.each(['', 'big', '-1', '1t', '1 000', 'k', '1kk', '1e3', null, true])('%j is none', (text) => {
    expect(outcomeOf(size.parse, text)).toMatch(A_SIZE);
  });
});

describe('formatSize', () => {
  it.each([
    [10 * 1024 * 1024, '10MiB'],
    [65_536, '64KiB'],
    [20_000, '20000'],
    [0, '0'],
  ])('of %i is %s', (bytes, text) => {
    expect(size.show?.(bytes)).toBe(text);
  });

  it('can be typed again as it is shown', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.constantFrom(1, 1024, 1024 ** 2), (number, unit) => {
        expect(size.parse(size.show?.(number * unit))).toBe(number * unit);
      }),
    );
  });
});

describe('numbers', () => {
  it.each([
    [count.parse, '0', 0],
    [count.parse, ' 7 ', 7],
    [count.parse, 7, 7],
    [positive.parse, '1', 1],
    [amount.parse, '0.5', 0.5],
    [amount.parse, 2, 2],
  ])('%o of %j is %d', (parse, text, number) => {
    expect(parse(text)).toBe(number);
  });

  it.each([
    [count.parse, '1.5', /a whole number/],
    [count.parse, '-1', /a whole number/],
    [count.parse, 'x', /a whole number/],
    [count.parse, '', /a whole number/],
    [count.parse, true, /a whole number/],
    [positive.parse, '0', /above 0/],
    [positive.parse, 'x', /a whole number/],
    [amount.parse, '0', /above 0/],
    [amount.parse, '-2', /above 0/],
    [amount.parse, '', /above 0/],
    [amount.parse, 'Infinity', /above 0/],
    [amount.parse, '$5', /above 0/],
    [amount.parse, null, /above 0/],
  ])('%o takes no %j', (parse, text, expected) => {
    expect(outcomeOf(parse, text)).toMatch(expected);
  });
});

describe('texts and lists', () => {
  it.each([
    ['a,b', ['a', 'b']],
    ['a , b', ['a', 'b']],
    ['a', ['a']],
    ['', ['']],
    [
      ['a,b', 'c'],
      ['a,b', 'c'],
    ],
    [[1], ['1']],
  ])('parseList of %j is %j', (value, list) => {
    expect(texts.parse(value)).toEqual(list);
  });

  it.each([
    ['Bash,Read', ['Bash', 'Read']],
    ['Bash Read', ['Bash', 'Read']],
    [
      ['Bash', 'Read,Edit'],
      ['Bash', 'Read', 'Edit'],
    ],
    ['Bash(git log:*)', ['Bash(git log:*)']],
    ['Bash(a, b) Read', ['Bash(a, b)', 'Read']],
    [
      ['Bash(git log:*)', 'mcp__server__tool'],
      ['Bash(git log:*)', 'mcp__server__tool'],
    ],
    ['Bash(echo $(date)), Read', ['Bash(echo $(date))', 'Read']],
    ['Read(/etc/**),Edit(src/*.ts)', ['Read(/etc/**)', 'Edit(src/*.ts)']],
    ['', ['']],
  ])('parseToolList of %j is %j', (value, list) => {
    expect(tools.parse(value)).toEqual(list);
  });

  it.each(['Bash(git log:*', 'Bash(', 'Read Bash(ls, Edit', 'Bash)'])(
    'parseToolList never makes a wider rule out of a mistyped one: %s',
    (text) => {
      expect([outcomeOf(tools.parse, text)].flat()).not.toContain('Bash');
    },
  );

  it.each([[{}], [null], [true], [[['a']]]])('takes no %j for texts', (value) => {
    expect(outcomeOf(texts.parse, value)).toBe('a text');
    expect(outcomeOf(tools.parse, value)).toBe('a text');
  });

  it('takes no empty name', () => {
    expect(name.parse('x')).toBe('x');
    expect(outcomeOf(name.parse, '  ')).toBe('a name or a path');
  });
});

describe('the rest', () => {
  it.each([
    [true, true],
    ['1', true],
    ['TRUE', true],
    ['yes', true],
    [' on ', true],
    [false, false],
    ['0', false],
    ['no', false],
    ['Off', false],
  ])('parseBoolean of %j is %j', (value, expected) => {
    expect(boolean.parse(value)).toBe(expected);
  });

  it.each(['', 'maybe', 2, null, {}])('parseBoolean takes no %j', (value) => {
    expect(outcomeOf(boolean.parse, value)).toBe('true or false');
  });

  it('parseChoice takes one of its names, and lists them otherwise', () => {
    const parse = choice(['a', 'b']).parse;
    expect(parse('b')).toBe('b');
    for (const value of ['c', 'A', '', 1, null]) expect(outcomeOf(parse, value)).toBe('one of a, b');
  });

  it('parseJson takes objects, JSON and paths', () => {
    expect(json.parse('{"a":1}')).toBe('{"a":1}');
    expect(json.parse('\uFEFF{"a":1}')).toBe('\uFEFF{"a":1}');
    expect(json.parse('./mcp.json')).toBe('./mcp.json');
    expect(json.parse({ a: 1 })).toEqual({ a: 1 });
    expect(outcomeOf(json.parse, '{"a":')).toMatch(/JSON/);
    expect(outcomeOf(json.parse, 7)).toMatch(/JSON/);
    expect(outcomeOf(json.parse, `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`)).toMatch(/at most 500 levels/);
  });

  it('JSON has at most 500 levels, as a text or an object', () => {
    const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    for (const value of [nested(500), Object(JSON.parse(nested(500)))]) {
      expect([json.is(value), jsons.is([value]), json.parse(value)]).toEqual([true, true, value]);
    }
    for (const value of [nested(501), Object(JSON.parse(nested(501)))]) {
      expect([json.is(value), jsons.is([value])]).toEqual([false, false]);
      expect(outcomeOf(json.parse, value)).toMatch(/at most 500 levels/);
    }
  });

  it('parseOptional takes a flag that stands alone', () => {
    expect([true, false, 'x', 7].map(optional.parse)).toEqual([true, false, 'x', '7']);
    expect(outcomeOf(optional.parse, {})).toBe('a text');
  });
});

describe('parseLines', () => {
  it.each<[unknown, readonly string[]]>([
    ['one', ['one']],
    ['one, two\nthree\r\nfour\n', ['one, two', 'three', 'four']],
    ['one\n\ntwo', ['one', 'two']],
    [
      ['one\ntwo', 'three'],
      ['one\ntwo', 'three'],
    ],
    [[], []],
    [7, ['7']],
  ])('%j is %j', (value, list) => {
    expect(lines.parse(value)).toEqual(list);
  });

  it.each(['', ' \n', [['a', '']], [[' ']], {}, null])('%j is none', (value) => {
    expect(outcomeOf(lines.parse, value)).toMatch(/^a text/);
  });
});

describe('parseNames', () => {
  it.each<[unknown, readonly string[]]>([
    ['A', ['A']],
    ['A,B C, D\n', ['A', 'B', 'C', 'D']],
    [
      ['A,B', 'C'],
      ['A', 'B', 'C'],
    ],
    [[], []],
  ])('%j is %j', (value, expected) => {
    expect(names.parse(value)).toEqual(expected);
  });

  it.each(['', ' ', [['A', '']], {}])('%j is none', (value) => {
    expect(outcomeOf(names.parse, value)).toMatch(/^a (?:name|text)/);
  });
});

describe('parseVariables', () => {
  it('takes names alone', () => {
    expect(variables.parse('A,B')).toEqual(['A', 'B']);
    expect(outcomeOf(variables.parse, ['A=swordfish'])).toBe('the name of a variable alone');
  });
});
