import { describe, expect, it } from 'vitest';
import { worded } from '../../../src/errors.ts';
import { idleDenials, idlePermissions } from '../../../src/outcome/idle-rules.ts';
import { agentProblem, type Asked, unmetBy } from '../../../src/outcome/unmet.ts';

const init = {
  tools: ['Task', 'Bash', 'Edit', 'Read', 'TaskStop', 'WebFetch', 'mcp__memory__recall'],
  permissionMode: 'default',
  agents: ['claude', 'Explore', 'general-purpose', 'lint:fixer'],
};

const grave = (asked: Asked, told = init): string[] =>
  unmetBy(told, asked).flatMap((unmet) => (unmet.grave ? [worded(unmet.text)] : []));
const slight = (asked: Asked, told = init): string[] =>
  unmetBy(told, asked).flatMap((unmet) => (unmet.grave ? [] : [worded(unmet.text)]));

describe('what was asked for and is there', () => {
  it.each<[string, Asked]>([
    ['nothing', {}],
    ['an agent', { agent: 'Explore' }],
    ['an agent of a plugin, with and without its name', { agent: 'lint:fixer' }],
    ['an agent of a plugin, by its own name', { agent: 'fixer' }],
    ['the agent that is always there', { agent: 'claude' }],
    ['the permission mode', { permissionMode: 'default' }],
    ['the permission mode by its other name', { permissionMode: 'manual' }],
    ['tools, also by other names', { tools: ['Read', 'Agent', 'Task', 'KillShell', 'mcp__late__tool'] }],
    ['no tools', { tools: [''] }],
    ['no tools at all', { tools: [] }],
    ['the usual tools', { tools: ['default'] }],
    ['a tool that is denied as well', { tools: ['Read', 'Write'], disallowedTools: ['Write'] }],
  ])('%s is no finding', (_, asked) => {
    expect(unmetBy(init, asked)).toEqual([]);
  });

  it('is not known of a claude that does not tell', () => {
    expect(unmetBy({ ...init, agents: undefined }, { agent: 'nobody' })).toEqual([]);
    expect(agentProblem('nobody', 'nobody')).toBeNull();
  });
});

describe('what was asked for and is not there', () => {
  it('is grave when it is the agent', () => {
    expect(grave({ agent: 'explore' })).toEqual([
      'agent explore: claude has no such agent; there are claude, Explore, general-purpose, lint:fixer',
    ]);
    expect(worded(agentProblem('nobody', []) ?? '')).toBe('agent nobody: claude has no such agent; there is none');
    expect(
      worded(
        agentProblem(
          'nobody',
          Array.from({ length: 30 }, (_, index) => `a${index}`),
        ) ?? '',
      ),
    ).toMatch(/, a19, …$/);
  });

  it('is grave when it is the permission mode', () => {
    expect(grave({ permissionMode: 'auto' })).toEqual([
      'permission mode auto was asked for, and claude is in default: its settings or its model do not allow the other',
    ]);
  });

  it('is grave when it is the tool to answer with', () => {
    expect(grave({ schema: true })).toEqual([expect.stringMatching(/^jsonSchema: claude offers .*StructuredOutput/)]);
    expect(grave({ schema: true }, { ...init, tools: ['StructuredOutput'] })).toEqual([]);
  });

  it('is grave when it is all tools', () => {
    const told = { ...init, tools: ['StructuredOutput', 'mcp__memory__recall'] };
    expect(grave({ tools: ['read', 'Bogus'] }, told)).toEqual([
      'tools: claude has none of these, and there are no others then: read (Read?), Bogus',
    ]);
  });

  it('is slight when it is one tool of several', () => {
    expect(slight({ tools: ['Read', 'LS', 'bash', 'default'] })).toEqual([
      'tools: claude does not have LS, bash (Bash?), default',
    ]);
  });
});

describe('rules for tools that there never were', () => {
  it.each<[string, Asked]>([
    ['rules', { allowedTools: ['Bash(git log:*)', 'Read'], disallowedTools: ['WebFetch(domain:x)'] }],
    ['tools of other versions', { allowedTools: ['LS', 'MultiEdit', 'TodoWrite'], disallowedTools: ['BashOutput'] }],
    ['tools of MCP servers', { allowedTools: ['mcp__memory', 'mcp__late__*'], disallowedTools: ['mcp__x__y'] }],
    ['patterns', { allowedTools: ['*'], disallowedTools: ['Task*'] }],
  ])('are not %s', (_, asked) => {
    expect([...idlePermissions(init, asked), ...idleDenials(init, asked)]).toEqual([]);
  });

  it('are told, once each', () => {
    const asked = { allowedTools: ['bash(ls)', 'bash', 'Bogus'], disallowedTools: ['websearch'] };
    expect([...idlePermissions(init, asked), ...idleDenials(init, asked)].map((told) => worded(told))).toEqual([
      'allowedTools: bash permits nothing: claude has no such tool (Bash?)',
      'allowedTools: Bogus permits nothing: claude has no such tool',
      'disallowedTools: websearch denies nothing: claude has no such tool (WebSearch?)',
    ]);
  });

  it('are not judged where few tools are listed', () => {
    expect(idlePermissions(init, { allowedTools: ['Newest'], tools: ['Read'] })).toEqual([]);
    expect(idlePermissions(init, { allowedTools: ['Newest'], agent: 'Explore' })).toEqual([]);
  });
});
