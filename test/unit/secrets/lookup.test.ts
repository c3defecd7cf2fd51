import { describe, expect, it } from 'vitest';
import { type Declared, lookupOf } from '../../../src/secrets/lookup.ts';
import { createRedactor } from '../../../src/secrets/redactor.ts';

const SECRET = 'walrus-9-umbrella';
const DECLARED: Declared = { kinds: [], known: [{ value: SECRET, kind: 'env-secret' }], patterns: [], allow: {} };

describe('lookupOf', () => {
  it('is the same one for the same secrets', () => {
    expect(lookupOf(structuredClone(DECLARED)) === lookupOf(DECLARED)).toBe(true);
  });

  it.each<Partial<Declared>>([
    { known: [] },
    { known: [{ value: SECRET, kind: 'configured' }] },
    { kinds: ['ticket'] },
    { patterns: [{ kind: 'ticket', pattern: 'T-[0-9]+' }] },
    { allow: { values: [SECRET] } },
  ])('is another one where other things count: %j', (other) => {
    expect(lookupOf({ ...DECLARED, ...other }) === lookupOf(DECLARED)).toBe(false);
  });

  it('is made anew when many others were asked for since', () => {
    const first = lookupOf(DECLARED);
    for (const kind of ['a', 'b', 'c', 'd']) lookupOf({ ...DECLARED, kinds: [kind] });
    expect(lookupOf(DECLARED) === first).toBe(false);
  });
});

describe('redactors of the same secrets', () => {
  const options = { env: { MY_TOKEN: SECRET } };
  const later = 'crocodile-7-teapot';
  const text = `${SECRET} and ${later}`;

  it('do not know what another one is told later', () => {
    const [one, other] = [createRedactor(options), createRedactor(options)];
    const before = '[REDACTED:env-secret#1] and crocodile-7-teapot';
    expect([one, other].map((redactor) => redactor.redact(text).text)).toEqual([before, before]);
    one.addValues([later]);
    expect(one.redact(text).text).toBe('[REDACTED:env-secret#1] and [REDACTED:known-value#1]');
    expect(other.redact(text).text).toBe(before);
  });

  it('take hardly any memory of their own', () => {
    createRedactor(options).redact(text);
    const before = process.memoryUsage().arrayBuffers;
    const redactors = Array.from({ length: 100 }, () => createRedactor(options));
    for (const redactor of redactors) redactor.redact(text);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024);
  });
});
