import { describe, expect, it } from 'vitest';
import { saidByFlags } from '../../../../src/claude/start/settings-as-flags.ts';

const REQUEST = { allowedTools: ['Bash(git log:*)'], disallowedTools: ['WebFetch'] };
const RULES = { allow: ['Read(//srv/app/**)'], deny: ['Read(//etc/**)', 'Edit(//tmp/b*/**)'] };

describe('settings that were made for a run', () => {
  it('are flags and a variable where these say all of it', () => {
    expect(saidByFlags(REQUEST, { autoMemoryEnabled: false, permissions: RULES })).toEqual({
      request: {
        allowedTools: ['Bash(git log:*)', 'Read(//srv/app/**)'],
        disallowedTools: ['WebFetch', 'Read(//etc/**)', 'Edit(//tmp/b*/**)'],
      },
      variables: { CLAUDE_CODE_DISABLE_AUTO_MEMORY: '1' },
    });
  });

  it.each([
    ['more than flags say', { env: { A: 'b' } }],
    ['more of permissions', { permissions: { ...RULES, defaultMode: 'plan' } }],
    ['permissions to ask for', { permissions: { ...RULES, ask: ['Bash'] } }],
    ['no rules', { permissions: undefined }],
    ['a memory', { autoMemoryEnabled: true }],
    ['a sandbox', { sandbox: { enabled: true } }],
    ['a rule with a space', { permissions: { ...RULES, allow: ['Read(//srv/my app/**)'] } }],
    ['a rule with a comma', { permissions: { ...RULES, deny: ['Read(//srv/a,b/**)'] } }],
    ['a rule with another parenthesis', { permissions: { ...RULES, deny: ['Read(//srv/a)b/**)'] } }],
    ['a rule of two lines', { permissions: { ...RULES, deny: ['Read(//srv/a\nb/**)'] } }],
    ['what is no rule', { permissions: { ...RULES, deny: [1] } }],
    [
      'more than an argument holds',
      {
        permissions: {
          ...RULES,
          deny: [`Read(//${'x'.repeat(65_000)}/**)`, 'Read(//y/**)', 'Read(//'.padEnd(900, 'z') + ')'],
        },
      },
    ],
  ])('stay settings with %s', (_, more) => {
    const settings = { autoMemoryEnabled: false, permissions: RULES, ...more };
    expect(saidByFlags(REQUEST, settings)).toEqual({ request: { ...REQUEST, settings }, variables: {} });
  });
});
