import { describe, expect, it } from 'vitest';
import { PREFIX_RULES } from '../../../src/secrets/prefix-rules.ts';
import { createRedactor } from '../../../src/secrets/redactor.ts';

describe.each(PREFIX_RULES.map((rule) => [`${rule.kind} ${rule.prefix}`, rule] as const))('%s', (_name, rule) => {
  const secret = rule.prefix + rule.body;
  const mask = (text: string) => createRedactor({ env: {} }).redact(text).text;

  it('is masked alone, in prose, in JSON, after an escape, in a URL and in colour', () => {
    const placeholder = `[REDACTED:${rule.kind}#1]`;
    for (const [before, after] of [
      ['', ''],
      ['found ', ', rotate it'],
      ['{"a":"', '"}'],
      ['line\\n', '\\nline'],
      ['?state=1&t=', '&z=2'],
      ['\u001b[32m', '\u001b[0m'],
    ]) {
      expect(mask(`${before}${secret}${after}`)).toBe(`${before}${placeholder}${after}`);
    }
  });

  it('leaves its look-alike, a template and a filler alone', () => {
    for (const text of [rule.benign, `${rule.prefix}\${TOKEN}`, `${rule.prefix}${'x'.repeat(rule.min)}`]) {
      expect(mask(text)).toBe(text);
    }
  });

  it('does not begin in the middle of a word', () => {
    const text = `Q${secret}`;
    expect(mask(text)).not.toContain(`Q[REDACTED:${rule.kind}`);
  });
});
