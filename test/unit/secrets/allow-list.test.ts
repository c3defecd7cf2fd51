import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import type { AllowList } from '../../../src/secrets/custom/allow-list.ts';
import type { RedactorOptions } from '../../../src/secrets/redactor.ts';

const KEY = `ghp_${'aB3dE5fG7h'.repeat(4)}`;
const TEXT = `key ${KEY}, PASSWORD=hunter2hunter2, corp-1234567`;

function masked(options: RedactorOptions): string {
  return createRedactor({ env: {}, patterns: [{ kind: 'corp-id', pattern: 'corp-\\d{7}' }], ...options }).redact(TEXT)
    .text;
}

describe('the allow-list', () => {
  it.each<[string, AllowList, string]>([
    ['nothing', {}, 'key [REDACTED:github-token#1], PASSWORD=[REDACTED:password#1], [REDACTED:corp-id#1]'],
    ['a kind', { kinds: ['password'] }, 'key [REDACTED:github-token#1], PASSWORD=hunter2hunter2, [REDACTED:corp-id#1]'],
    [
      "a kind of one's own",
      { kinds: ['corp-id'] },
      'key [REDACTED:github-token#1], PASSWORD=[REDACTED:password#1], corp-1234567',
    ],
    ['a value', { values: [KEY] }, `key ${KEY}, PASSWORD=[REDACTED:password#1], [REDACTED:corp-id#1]`],
    [
      'a pattern',
      { patterns: ['hunter\\d\\w+'] },
      'key [REDACTED:github-token#1], PASSWORD=hunter2hunter2, [REDACTED:corp-id#1]',
    ],
    [
      'part of one',
      { values: ['hunter2'], patterns: ['hunter'] },
      'key [REDACTED:github-token#1], PASSWORD=[REDACTED:password#1], [REDACTED:corp-id#1]',
    ],
  ])('lets through %s', (_what, allow, expected) => {
    expect(masked({ allow })).toBe(expected);
  });

  it('names a kind that there is not', () => {
    expect(() => masked({ allow: { kinds: ['github-tokn'] } })).toThrow('"github-tokn" is no kind of secret');
  });

  it('names a pattern that is none', () => {
    expect(() => masked({ allow: { patterns: ['('] } })).toThrow(/an allowed secret is no regular expression/);
  });
});

describe('secretEnv', () => {
  it('refuses a secret too short to be masked wherever it stands, by its name', () => {
    const make = () => createRedactor({ env: { PIN: 'x7z' }, secretEnv: ['PIN'] });
    expect(make).toThrow('the variable PIN holds too short a secret: fewer than 4 characters');
  });

  it('makes secrets of variables, whatever they look like', () => {
    const env = { BUILD_PHRASE: 'plain words', EMPTY: '', REGION: 'eu-west-1' };
    const redactor = createRedactor({ env, secretEnv: ['BUILD_PHRASE', 'EMPTY', 'UNSET'] });
    expect(redactor.redact('say plain words in eu-west-1').text).toBe('say [REDACTED:env-secret#1] in eu-west-1');
  });
});
