import { describe, expect, it } from 'vitest';
import { refuseSuperLinear } from '../../../src/secrets/custom/linear-time.ts';

const check = (pattern: string) => refuseSuperLinear([{ name: 'the pattern "x"', pattern }]);

describe('refuseSuperLinear', () => {
  it.each([
    'corp_[a-z0-9]{32}',
    'ghp_\\w{36}',
    'emp-\\d+',
    'password: \\S+',
    'TICKET-[A-Z]{2,5}-\\d{1,6}',
    '\\bkey_[\\w-]{16,64}\\b',
    'id=(?:a|b)\\d{8}',
    'foo.{0,20}bar',
    '(?<=token=)\\w+',
    '\\d{1,3}(?:\\.\\d{1,3}){3}',
    'plain words',
  ])('takes %s', async (pattern) => {
    await expect(check(pattern)).resolves.toBeUndefined();
  });

  it.each([
    ['(a+)+$', 'something follows a+'],
    ['(a|a)*b', 'something follows (a|a)*'],
    ['(?:a|a){1,20}b', 'bound its repetitions more tightly'],
    ['\\w+@\\w+', 'something follows \\w+'],
    ['.*secret', 'something follows .*'],
    ['[A-Z]+-\\d+', 'something follows [A-Z]+'],
    ['foo.*bar', 'something follows .*'],
    ['x(?:ab)*', 'give (?:ab)* a bound'],
    ['a{1,99}b{1,99}c{1,99}', 'bound its repetitions more tightly'],
    ['a{20000}b', 'bound its repetitions more tightly'],
    ['(?:ab?){60}c', 'bound its repetitions more tightly'],
    ['(?=.*x)y', 'something follows .*'],
    ['(\\w)\\1x', '\\1 refers back'],
  ])('refuses %s and says why', async (pattern, reason) => {
    await expect(check(pattern)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(
        `the pattern "x" could take far longer than its text is long: ${pattern}; ${reason}`,
      ),
    });
  });
});
