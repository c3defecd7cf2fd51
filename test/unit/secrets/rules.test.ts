import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { RULES } from '../../../src/secrets/rules/rules.ts';
import { RULE_EXAMPLES } from './rule-examples.ts';

const EXAMPLES = RULE_EXAMPLES.map((example) => [`${example.kind} ${example.mark}`, example] as const);
const NAMES = RULES.map(({ kind, anchors }) => `${kind} ${anchors[0]?.text ?? ''}`);

it('has an example for every rule', () => {
  expect(NAMES.filter((name) => !EXAMPLES.some(([named]) => named === name))).toEqual([]);
});

describe.each(EXAMPLES)('%s', (name, { kind, mark, sample, secret, benign }) => {
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
    const anchors = RULES[NAMES.indexOf(name)]?.anchors ?? [];
    const found = anchors.map(({ text }) => mask(sample.replace(mark, text)));
    expect(found).toEqual(anchors.map(({ text }) => masked.replace(mark, text)));
  });

  it('leaves its look-alike alone', () => {
    expect(mask(benign)).toBe(benign);
  });
});
