import { describe, expect, it } from 'vitest';
import { declaresSecrets, redactorOptions } from '../../../../src/cli/settings/redactor-options.ts';
import type { DeclaredSecrets } from '../../../../src/cli/settings/declared-secrets.ts';
import { createRedactor } from '../../../../src/secrets/redactor.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { fakeIo } from '../fake-io.ts';

const NOTHING: DeclaredSecrets = {
  env: [],
  files: [],
  values: [],
  patterns: [],
  allowKinds: [],
  allowValues: [],
  allowPatterns: [],
};

const options = (declared: Partial<DeclaredSecrets>, cwd = '/') =>
  redactorOptions({ ...NOTHING, ...declared }, fakeIo({ cwd }), new AbortController().signal);

const failing = (message: RegExp) =>
  expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) });

describe('redactorOptions', () => {
  it('make a redactor of what was declared', async () => {
    const cwd = temporaryFolder({ a: 'swordfish\n', b: 'open sesame\n' });
    const given = await options(
      {
        env: ['PLAIN'],
        files: [
          { path: 'a', where: '--secret-file', byProject: false },
          { path: 'b', where: '.sluicerc.json', byProject: true },
        ],
        patterns: [{ kind: 'acme', pattern: 'ACME-\\d{4}', where: '--secret-pattern' }],
        allowKinds: [{ kind: 'acme', where: '--allow-secret-kind' }],
      },
      cwd,
    );
    const text = 'swordfish, open sesame, plain word, ACME-1234';
    expect(createRedactor({ ...given, env: { PLAIN: 'plain word' } }).redact(text).text).toBe(
      '[REDACTED:known-value#1], [REDACTED:known-value#2], [REDACTED:env-secret#1], ACME-1234',
    );
    expect(createRedactor({ ...given, env: {}, allow: {} }).redact('ACME-1234').text).toBe('[REDACTED:acme#1]');
  });

  it.each(['known-value', 'env-secret', 'configured', 'github-token', 'acme'])('allow the kind %s', async (kind) => {
    const patterns = [{ kind: 'acme', pattern: 'ACME', where: 'x' }];
    const { allow } = await options({ patterns, allowKinds: [{ kind, where: 'x' }] });
    expect(allow?.kinds).toEqual([kind]);
  });

  it.each<[string, Partial<DeclaredSecrets>, RegExp]>([
    [
      'a kind that is mistyped',
      { allowKinds: [{ kind: 'githb-token', where: '--allow-secret-kind' }] },
      /^--allow-secret-kind: there is no kind of secret "githb-token"; did you mean github-token\?$/,
    ],
    [
      'a kind that nobody knows',
      { allowKinds: [{ kind: 'hologram', where: '/c.json' }] },
      /^\/c\.json: there is no kind of secret "hologram"; "sluice redact --list-kinds" names them all$/,
    ],
    [
      'a pattern that may take for ever',
      { patterns: [{ kind: 'acme', pattern: '(a+)+$', where: '.sluicerc.json' }] },
      /^\.sluicerc\.json: the secret pattern "acme" could take far longer/,
    ],
    [
      'an allowed pattern that may take for ever',
      { allowPatterns: [{ pattern: '(a+)+$', where: '--allow-secret-pattern' }] },
      /^--allow-secret-pattern: the pattern could take far longer/,
    ],
  ])('refuse %s, and name the layer', async (_, declared, message) => {
    await expect(options(declared)).rejects.toThrow(failing(message));
  });
});

describe('declaresSecrets', () => {
  it('tells whether there is anything to be done', () => {
    expect(declaresSecrets(NOTHING)).toBe(false);
    expect(declaresSecrets({ ...NOTHING, env: ['A'] })).toBe(true);
    expect(declaresSecrets({ ...NOTHING, allowValues: ['x'] })).toBe(true);
  });
});
