import { describe, expect, it } from 'vitest';
import { refuseSuperLinear } from '../../../src/secrets/custom/linear-time.ts';

const check = (pattern: string) => refuseSuperLinear([{ name: 'the pattern "x"', pattern }]);

describe('refuseSuperLinear', () => {
  it.each([
    'corp_[a-z0-9]{32}',
    'emp-\\d+',
    'TICKET-[A-Z]{2,5}-\\d{1,6}',
    '\\bkey_[\\w-]{16,64}\\b',
    'id=(?:a|b)\\d{8}',
  ])('takes %s', async (pattern) => {
    await expect(check(pattern)).resolves.toBeUndefined();
  });

  it.each(['(a+)+$', '(a|a)*b', '(x+x+)+y', '\\w+@\\w+', '.*secret.*', 'x*y*z', '[A-Z]+-\\d+', 'foo.*bar', '(?:ab)*c'])(
    'refuses %s and says what to do',
    async (pattern) => {
      await expect(check(pattern)).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringMatching(/^the pattern "x" could take far longer .*; begin it with fixed characters/),
      });
    },
  );
});
