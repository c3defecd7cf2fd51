import { expect, it } from 'vitest';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { redactValues } from '../../../src/stream/redact-values.ts';
import { createDraw, fakePem } from '../secrets/random-secrets.ts';

const draw = createDraw(71);
const word = `cedar${draw(4, '123456789')}XQ!`;
const redacted = <Value>(value: Value): Value => redactValues(createRedactor({ env: {} }))(value);

it.each([
  ['a name in the field before', { environment: [{ name: 'DB_PASSWORD', value: word }] }],
  ['a name in the field behind', { Value: word, Type: 'SecureString', Name: '/prod/db/password' }],
  ['a flag before it', { args: ['serve', '--password', word] }],
  ['a number under a name', { password: 839_201_745 }],
  ['a list under a name', { passwords: 1, password: [word, `${word}2`] }],
  ['a sign first', { password: `@${word}` }],
])('masks what is a secret by %s', (_name, value) => {
  const text = JSON.stringify(redacted(value));
  expect(text).not.toMatch(/cedar|839201745/);
  expect(text).toContain('[REDACTED:');
});

it('masks the lines of a patch that make a key together, and keeps their signs', () => {
  const lines = [
    ' # keys',
    ...fakePem(draw)
      .split('\n')
      .map((line) => `+${line}`),
    '-old line',
    ' end',
  ];
  const patch = redacted({ structuredPatch: [{ oldStart: 1, lines }] }).structuredPatch[0]?.lines ?? [];
  expect(patch).toHaveLength(lines.length);
  expect(patch.slice(1, -2).every((line) => line === '+[REDACTED:private-key#1]')).toBe(true);
  expect([patch[0], ...patch.slice(-2)]).toEqual([' # keys', '-old line', ' end']);
});

it('tells every secret by its kind, and leaves the rest as it is', () => {
  const kinds: string[] = [];
  const redact = redactValues(createRedactor({ env: {} }), (kind) => kinds.push(kind));
  const value = {
    tools: ['Read', '--verbose', 'Bash'],
    max_tokens: 4_096_000,
    rows: [{ name: 'REGION', value: 'eu' }],
  };
  expect(redact(value)).toBe(value);
  redact({ args: ['--password', word], lines: [`DB_PASSWORD=${word}`, 'x'] });
  expect(kinds).toEqual(['password', 'password']);
});

it('masks what it is told of later, where it stood before', () => {
  const redactor = createRedactor({ env: {} });
  const redact = redactValues(redactor);
  const message = { type: 'user', note: 'kestrel-nine', kestrel: 1 };
  expect(redact(redact(message))).toBe(message);
  redactor.addValues(['kestrel-nine', 'kestrel']);
  expect(JSON.stringify(redact(message))).not.toContain('kestrel');
});

it('masks a secret under a name that had none before, and the same again', () => {
  const redact = redactValues(createRedactor({ env: {} }));
  const clean = { password: 'none', value: 'x', name: 'DB_PASSWORD' };
  expect([redact(clean), redact(clean)]).toEqual([clean, clean]);
  for (const round of [1, 2]) expect(redact({ password: word, round }).password).toContain('[REDACTED:');
  for (const round of [1, 2]) expect(redact({ name: 'DB_PASSWORD', value: word, round }).value).toContain('[REDACTED:');
  expect(redact({ name: 'COLOUR', value: word }).value).toBe(word);
});
