import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonWordAmong } from '../../../src/secrets/custom/common-words.ts';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { rounds } from '../../support/rounds.ts';
import { RULE_EXAMPLES } from './rule-examples.ts';
import { createDraw } from './random-secrets.ts';
import { documents } from './documents.ts';

const draw = createDraw(5);
const github = () => `ghp_${draw(36)}`;

describe('redact', () => {
  it('returns the very same string, and shared empty findings, when there is nothing', () => {
    const redactor = createRedactor({ env: {} });
    const text = 'nothing to see here, move along; tokens: 12';
    const first = redactor.redact(text);
    expect(first.text).toBe(text);
    expect(redactor.redact('short').findings).toBe(first.findings);
    expect(Object.isFrozen(first.findings)).toBe(true);
  });

  it('tells where each secret stood in the text given', () => {
    const secret = github();
    const text = `a ${secret} b`;
    expect(createRedactor({ env: {} }).redact(text)).toEqual({
      text: 'a [REDACTED:github-token#1] b',
      findings: [{ kind: 'github-token', start: 2, end: 2 + secret.length, placeholder: '[REDACTED:github-token#1]' }],
    });
  });

  it('numbers secrets by first appearance, across calls, and knows them again', () => {
    const redactor = createRedactor({ env: {} });
    const [one, two] = [github(), github()];
    expect(redactor.redact(`${one} ${two}`).text).toBe('[REDACTED:github-token#1] [REDACTED:github-token#2]');
    expect(redactor.redact(`TOKEN=${two}`).text).toBe('TOKEN=[REDACTED:github-token#2]');
    expect(redactor.totals).toEqual({ total: 3, byKind: { 'github-token': 3 } });
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(documents, ({ text, options }) => {
        const once = createRedactor(options).redact(text).text;
        expect(createRedactor(options).redact(once).text).toBe(once);
      }),
      { seed: 2026, numRuns: rounds(150) },
    );
  });

  it('leaves no secret of any format in a text of many', () => {
    const planted = fc.array(fc.constantFrom(...RULE_EXAMPLES), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(planted, fc.constantFrom('\n', ' ', '", "', '\\n', ' | '), (rules, glue) => {
        const text = rules.map(({ sample }) => sample).join(glue);
        const masked = createRedactor({ env: {} }).redact(text).text;
        for (const { secret } of rules) expect(masked).not.toContain(secret);
      }),
    );
  });

  it('finds what it masked at the place it says', () => {
    fc.assert(
      fc.property(documents, ({ text, options }) => {
        const { text: masked, findings } = createRedactor(options).redact(text);
        let rebuilt = '';
        let copied = 0;
        for (const { start, end, placeholder } of findings) {
          rebuilt += text.slice(copied, start) + placeholder;
          copied = end;
        }
        expect(rebuilt + text.slice(copied)).toBe(masked);
      }),
    );
  });
});

describe('known values', () => {
  const plain = `plain-looking-${draw(6, 'abcdefgh')}`;

  it.each([
    ['as it is', (value: string) => value],
    ['inside a word', (value: string) => `x${value}y`],
    ['in JSON', (value: string) => JSON.stringify({ value })],
    ['in JSON twice', (value: string) => JSON.stringify(JSON.stringify({ value }))],
    ['in a URL', (value: string) => `?q=${encodeURIComponent(value)}`],
    ['in base64', (value: string) => Buffer.from(value).toString('base64')],
    ['in base64, one byte on', (value: string) => Buffer.from(`a${value}`).toString('base64')],
    ['in base64, two bytes on', (value: string) => Buffer.from(`ab${value}cd`).toString('base64')],
    ['in base64url', (value: string) => Buffer.from(`${value}?>`).toString('base64url')],
  ])('are masked %s, all with one placeholder', (_name, wrap) => {
    const value = `${plain}"\\ü?>é`;
    const redactor = createRedactor({ env: {}, values: [value] });
    expect(redactor.redact(value).text).toBe('[REDACTED:known-value#1]');
    expect(redactor.redact(`a ${wrap(value)} b`).text).toContain('[REDACTED:known-value#1]');
    expect(redactor.redact(`a ${wrap(value)} b`).findings).toHaveLength(1);
  });

  it('include the secrets of the environment, ANTHROPIC_API_KEY even if it looks like nothing', () => {
    const env = {
      ANTHROPIC_API_KEY: 'aaaaaaaaaaaa',
      DB_PASSWORD: 'hunter2hunter2',
      DATABASE_URL: 'postgres://app:s3cretpassword@db/app',
    };
    const { text } = createRedactor({ env }).redact('aaaaaaaaaaaa hunter2hunter2 s3cretpassword');
    expect(text).toBe('[REDACTED:env-secret#1] [REDACTED:env-secret#2] [REDACTED:env-secret#3]');
  });

  it('leave paths, numbers, plain words, addresses and harmless names of the environment alone', () => {
    const env = {
      SSH_AUTH_SOCK: '/tmp/ssh-socket-1/agent.12',
      PRIVATE_KEY_FILE: '/home/jo/.ssh/id_rsa',
      TOKEN_TTL: '123456789012',
      SECRET_MODE: 'development9',
      AUTH: 'development',
      PASS: '1234567890',
      API_URL: 'https://api.example.com/v1',
      MONKEY: 'banana-banana-1',
      PWD: '/srv/project',
      TOKEN: 'short1',
    };
    const text = Object.values(env).join(' ');
    expect(createRedactor({ env }).redact(text).text).toBe(text);
  });

  it('masks a value from when it is added on, and what it let through before', () => {
    const redactor = createRedactor({ env: {} });
    expect(redactor.redact('plainword').text).toBe('plainword');
    redactor.addValues(['plainword']);
    expect(redactor.redact('plainword').text).toBe('[REDACTED:known-value#1]');
  });

  it('may be added later, and the longest wins', () => {
    const redactor = createRedactor({ env: {}, values: ['correct horse'] });
    redactor.addValues(['correct horse battery staple'], 'passphrase');
    expect(redactor.redact('my correct horse battery staple, correct horse').text).toBe(
      'my [REDACTED:passphrase#1], [REDACTED:known-value#1]',
    );
  });

  it('are masked to their end where they reach out of a value found by its name', () => {
    const value = `${draw(8)}7&${draw(8)}`;
    expect(createRedactor({ env: {}, values: [value] }).redact(`PASSWORD=${value} x`).text).toBe(
      'PASSWORD=[REDACTED:known-value#1] x',
    );
  });

  it('are masked wherever they stand', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4, maxLength: 40 }), fc.string(), fc.string(), (value, before, after) => {
        fc.pre(commonWordAmong((word) => word === value.trim().toLowerCase()) === undefined);
        fc.pre(value.trim().length >= 4 && !value.includes('[') && !'[REDACTED:known-value#1]'.includes(value.trim()));
        const { text } = createRedactor({ env: {}, values: [value] }).redact(`${before}${value.trim()}${after}`);
        fc.pre(!`${before}${after}`.includes(value.trim()));
        expect(text).not.toContain(value.trim());
      }),
    );
  });

  it.each(['', 'abc', '  a  '])('are refused when too short: %j', (value) => {
    expect(() => createRedactor({ env: {}, values: [value] })).toThrow(/at least 4 characters/);
  });
});

describe('own patterns', () => {
  const redactorWith = (pattern: string, kind = 'ticket') => createRedactor({ env: {}, patterns: [{ kind, pattern }] });

  it('are masked as the kind they are given', () => {
    expect(redactorWith('ACME-\\d{4}').redact('see ACME-1234 and ACME-5678').text).toBe(
      'see [REDACTED:ticket#1] and [REDACTED:ticket#2]',
    );
  });

  it('unite with what is masked anyway', () => {
    expect(redactorWith('id \\S+').redact(`id ${github()} end`).text).toBe('[REDACTED:github-token#1] end');
  });

  it.each([
    ['(', /no regular expression/],
    ['a*', /empty string/],
    ['a'.repeat(513), /longer than 512/],
  ])('are refused with a reason: %s', (pattern, reason) => {
    expect(() => redactorWith(pattern)).toThrow(reason);
  });

  it('are refused under a name that no placeholder can carry', () => {
    expect(() => redactorWith('abc', 'a]b')).toThrow(/cannot name a kind/);
  });
});

describe('the allow-list', () => {
  it('leaves kinds and values alone', () => {
    const [one, two] = [github(), `npm_${draw(36)}`];
    const redactor = createRedactor({ env: {}, allow: { kinds: ['npm-token'], values: [one] } });
    expect(redactor.redact(`${one} ${two} ${github()}`).text).toBe(`${one} ${two} [REDACTED:github-token#1]`);
    expect(redactor.totals.total).toBe(1);
  });

  it('does not take a secret in the place of a kind for a placeholder', () => {
    const forged = `[REDACTED:${github()}#1] [REDACTED:known-value#7]`;
    expect(createRedactor({ env: {} }).redact(forged).text).toBe(
      '[REDACTED:[REDACTED:github-token#1]#1] [REDACTED:known-value#7]',
    );
  });

  it.each([{ values: ['message'] }, { values: ['Password'] }, { patterns: [{ kind: 'all', pattern: '[a-z]{6}' }] }])(
    'refuses what would make every run unreadable: %j',
    (options) => {
      expect(() => createRedactor({ env: {}, ...options })).toThrow(/word/);
    },
  );
});
