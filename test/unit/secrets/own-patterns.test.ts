import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/secrets/redactor.ts';

const mask = (pattern: string, text: string) =>
  createRedactor({ env: {}, patterns: [{ kind: 'own', pattern }] }).redact(text).text;

describe('a pattern of the user', () => {
  it('does not hide from others what leads to a secret', () => {
    expect(mask('corp=Acme\\w+', 'corp=AcmeCorp_password=tr0ub4dor')).toBe('[REDACTED:own#1]=[REDACTED:password#1]');
    expect(mask('postgres', 'postgres://u:tr0ub4dorX9@h/d')).toBe('[REDACTED:own#1]://u:[REDACTED:url-password#1]@h/d');
  });

  it('does not tell what a secret of another kind looks like', () => {
    expect(mask('[0-9]', 'password=xK92mmQz81Lw')).toBe('password=[REDACTED:password#1]');
  });

  it('matches on both sides of a secret, and unites with one that it overlaps', () => {
    const key = `ghp_${'aB3dE5fG7h'.repeat(4)}`;
    expect(mask('ACME-\\d+', `ACME-1 ${key} ACME-2`)).toBe(
      '[REDACTED:own#1] [REDACTED:github-token#1] [REDACTED:own#2]',
    );
    expect(mask('corp ghp_', `corp ${key}!`)).toBe('[REDACTED:github-token#1]!');
  });
});
