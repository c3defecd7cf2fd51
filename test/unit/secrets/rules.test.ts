import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { RULES } from '../../../src/secrets/rules/rules.ts';

const NAMED = RULES.map((rule) => [`${rule.kind} ${rule.anchors[0]?.text ?? ''}`, rule] as const);

describe.each(NAMED)('%s', (_name, { kind, anchors, sample, secret, benign }) => {
  const mask = (text: string) => createRedactor({ env: {} }).redact(text).text;
  const masked = sample.replace(secret, `[REDACTED:${kind}#1]`);

  it('is masked alone, in prose, in JSON, after an escape, in a URL and in colour', () => {
    for (const [before, after] of [
      ['', ''],
      ['found ', ', rotate it'],
      ['{"a":"', '"}'],
      ['line\\n', '\\nline'],
      ['?state=1&t=', '&z=2'],
      ['\u001b[32m', '\u001b[0m'],
    ]) {
      expect(mask(`${before}${sample}${after}`)).toBe(`${before}${masked}${after}`);
    }
  });

  it('is masked behind every one of its marks', () => {
    const mark = anchors[0]?.text ?? '';
    const found = anchors.map(({ text }) => mask(sample.replace(mark, text)));
    expect(found).toEqual(anchors.map(({ text }) => masked.replace(mark, text)));
  });

  it('leaves its look-alike alone', () => {
    expect(mask(benign)).toBe(benign);
  });
});
