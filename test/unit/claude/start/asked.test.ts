import { describe, expect, it } from 'vitest';
import type { RunRequest } from '../../../../src/request/run-request.ts';
import { askedOf } from '../../../../src/claude/start/asked.ts';

describe('what can be compared with what claude says of itself', () => {
  it('is what was asked for', () => {
    const options: RunRequest = {
      jsonSchema: '{}',
      agent: 'spy',
      permissionMode: 'plan',
      tools: ['Read'],
      allowedTools: ['Read'],
    };
    expect(askedOf(options, [])).toMatchObject({
      schema: true,
      agent: 'spy',
      permissionMode: 'plan',
      tools: ['Read'],
      allowedTools: ['Read'],
    });
  });

  it('has the mode that wins', () => {
    const options: RunRequest = { permissionMode: 'plan', dangerouslySkipPermissions: true };
    expect(askedOf(options, []).permissionMode).toBe('bypassPermissions');
    expect(askedOf({ dangerouslySkipPermissions: false }, []).permissionMode).toBeUndefined();
  });

  it('has no agent where its name is empty', () => {
    expect(askedOf({ agent: '' }, []).agent).toBeUndefined();
  });

  it.each([
    ['agent', ['--agent', 'other']],
    ['permissionMode', ['--permission-mode=plan']],
    ['permissionMode', ['--dangerously-skip-permissions']],
    ['tools', ['--tools=']],
    ['allowedTools', ['--allowedTools', 'Bash']],
    ['schema', ['--json-schema={}']],
  ])('has no %s where raw arguments may set another', (name, passThrough) => {
    const options: RunRequest = {
      jsonSchema: '{}',
      agent: 'spy',
      permissionMode: 'auto',
      tools: ['Read'],
      allowedTools: ['Read'],
    };
    expect(askedOf(options, passThrough)).toHaveProperty(name, undefined);
  });
});
