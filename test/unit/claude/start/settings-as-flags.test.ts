import { describe, expect, it } from 'vitest';
import { saidByFlags } from '../../../../src/claude/start/settings-as-flags.ts';

const REQUEST = { tools: ['Read', 'Glob'], allowedTools: ['mcp__db__read'], disallowedTools: ['WebFetch'] };
const RULES = { allow: ['Read(//srv/app/**)'], deny: ['Read(//etc/**)', 'Edit(//tmp/b*/**)'] };
const SETTINGS = { autoMemoryEnabled: false, permissions: RULES };

describe('settings that were made for a run', () => {
  it('are flags and a variable where these say all of it', () => {
    expect(saidByFlags(REQUEST, SETTINGS, true)).toEqual({
      request: {
        tools: ['Read', 'Glob'],
        allowedTools: ['mcp__db__read', 'Read(//srv/app/**)'],
        disallowedTools: ['WebFetch', 'Read(//etc/**)'],
      },
      variables: { CLAUDE_CODE_DISABLE_AUTO_MEMORY: '1' },
    });
  });

  it.each(['Write', 'Edit', 'NotebookEdit'])('keep what %s may not write', (tool) => {
    const { request } = saidByFlags({ ...REQUEST, tools: ['Read', tool] }, SETTINGS, true);
    expect(request.disallowedTools).toEqual(['WebFetch', 'Read(//etc/**)', 'Edit(//tmp/b*/**)']);
  });

  it('stay settings where they name what not everybody may know', () => {
    expect(saidByFlags(REQUEST, SETTINGS, false).request).toEqual({ ...REQUEST, settings: SETTINGS });
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
    ['more than an argument holds', { permissions: { ...RULES, deny: [`Read(//${'é'.repeat(50_000)}/**)`] } }],
  ])('stay settings with %s', (_, more) => {
    const settings = { ...SETTINGS, ...more };
    expect(saidByFlags(REQUEST, settings, true)).toEqual({ request: { ...REQUEST, settings }, variables: {} });
  });

  it('stay settings where the request does not say what tools it has', () => {
    expect(saidByFlags({}, SETTINGS, true).request).toEqual({ settings: SETTINGS });
  });

  it.each([
    ['has settings of its own', { settings: {} }],
    ['passes arguments through', { passThrough: ['--verbose'] }],
    ['has a tool that runs commands, which a sandbox keeps from what settings deny', { tools: ['Read', 'Bash'] }],
    ['has a rule that takes others back', { disallowedTools: ['Read(!/etc/**)'] }],
    ['has a rule that swallows the next', { disallowedTools: ['a)b('] }],
    ['has long lists', { allowedTools: [`mcp__${'x'.repeat(100_000)}`] }],
  ])('stay settings where the request %s', (_, more) => {
    const request = { ...REQUEST, ...more };
    const said = saidByFlags(request, SETTINGS, true);
    expect(said).toEqual({ request: { ...request, settings: SETTINGS }, variables: {} });
  });
});
