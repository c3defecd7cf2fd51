import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCovered, isIdleFence, toolRule } from '../../../src/request/narrowing/tool-rule.ts';

describe('a rule', () => {
  it.each([
    'Read',
    'Bash(git log:*)',
    'mcp__server__tool',
    'mcp__server',
    'Read(src/**)',
    'WebFetch(domain:example.com)',
  ])('is %s', (text) => expect(toolRule(text)?.text).toBe(text));

  it.each([
    '',
    ' ',
    'Read Bash',
    'Read,Bash',
    'Read(',
    'Read()',
    'Read)',
    'Read\n',
    'Bash(a)b',
    'Bash(a(b))',
    'Bash(a),Write(b)',
    'Bash(a) Write',
    'Bash(a\nb)',
    'Bash(a\0)',
    '(Read)',
    '*',
    '--dangerously-skip-permissions',
  ])('is not %j', (text) => expect(toolRule(text)).toBeNull());
});

describe('what an operator allows', () => {
  it.each([
    ['Read', 'Read'],
    ['Bash(git log)', 'Bash'],
    ['Bash(git log:*)', 'Bash(git:*)'],
    ['Bash(git log *)', 'Bash(git *)'],
    ['Bash(git)', 'Bash(git:*)'],
    ['Bash(git log --oneline -5)', 'Bash(git log:*)'],
    ['Bash(rm -rf / ; true)', 'Bash(rm -rf / ; true)'],
    ['mcp__files__read', 'mcp__files'],
    ['mcp__files__read', 'mcp__files__read'],
    ['WebFetch(domain:example.com)', 'WebFetch'],
  ])('covers %s by %s', (asked, allowed) => expect(covers(asked, allowed)).toBe(true));

  it.each([
    ['Write', 'Read'],
    ['Bash', 'Bash(git:*)'],
    ['Bash(gitk:*)', 'Bash(git:*)'],
    ['Bash(gi:*)', 'Bash(git:*)'],
    ['Bash(git:*)', 'Bash(git log:*)'],
    ['Bash(git log:*)', 'Bash(git)'],
    ['Bash(git log; rm -rf /)', 'Bash(git:*)'],
    ['Bash(git log && rm:*)', 'Bash(git:*)'],
    ['Bash(git log | sh)', 'Bash(git:*)'],
    ['Bash(git `id`)', 'Bash(git:*)'],
    ['Bash(git *)', 'Bash(git log *)'],
    ['Bash(git * push)', 'Bash(git:*)'],
    ['read', 'Read'],
    ['Read(src/**)', 'Read(docs/**)'],
    ['mcp__a___b', 'mcp__a'],
    ['mcp__files2__read', 'mcp__files'],
    ['mcp__files', 'mcp__files__read'],
    ['mcp__other__read', 'mcp__files__read'],
  ])('does not cover %s by %s', (asked, allowed) => expect(covers(asked, allowed)).toBe(false));

  it('covers no command that begins otherwise, or is more than one', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (command) => {
        const asked = toolRule(`Bash(${command})`);
        const allowed = toolRule('Bash(git:*)');
        if (asked === null || allowed === null || !isCovered(asked, allowed)) return;
        expect(command).toMatch(/^git(?: [^;&|`$<>\n()]*)?$|^git:\*$/);
      }),
      { numRuns: 2_000 },
    );
  });
});

function covers(asked: string, allowed: string): boolean {
  const [one, other] = [toolRule(asked), toolRule(allowed)];
  if (one === null || other === null) throw new Error('no rules');
  return isCovered(one, other);
}

describe('a rule that only seems to confine', () => {
  it.each(['Read(src/**)', 'Read(//etc/**)', 'Grep(docs/**)', 'Write(docs/**)', 'NotebookEdit(a.ipynb)'])(
    'is %s',
    (text) => {
      const rule = toolRule(text);
      expect(rule !== null && isIdleFence(rule)).toBe(true);
    },
  );

  it.each(['Read', 'Bash(cat *)', 'WebFetch(domain:example.com)'])('is not %s', (text) => {
    const rule = toolRule(text);
    expect(rule !== null && isIdleFence(rule)).toBe(false);
  });
});
