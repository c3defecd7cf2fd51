import { expect, it } from 'vitest';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { mapStrings } from '../../../src/stream/map-strings.ts';

const redactor = createRedactor({ env: {} });

function masked(value: unknown): unknown {
  return mapStrings(
    value,
    (text, key) => (key === undefined ? redactor.redact(text) : redactor.redactNamed(key, text)).text,
  );
}

it('masks a value that is a secret because of the name it stands under', () => {
  expect(masked({ user: 'jo', password: 'tr0ub4dor&3', nested: [{ api_key: 'x9Kq2LmZp0RtVw' }] })).toEqual({
    user: 'jo',
    password: '[REDACTED:password#1]',
    nested: [{ api_key: '[REDACTED:api-key#1]' }],
  });
});

it('leaves what is none there', () => {
  const value = {
    password: '',
    token: 'none',
    max_tokens: '4096x',
    secretName: 'db-credentials',
    password_field: 'x1y2z3',
  };
  expect(masked(value)).toBe(value);
});
