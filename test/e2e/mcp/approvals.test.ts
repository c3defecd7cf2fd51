import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { inTurn, text, toolUse } from '../../../src/demo/script.ts';
import { startMcp, WIRES } from '../../support/mcp.ts';
import { stub } from '../../support/stub.ts';

const command = "echo 'made by claude' > made";
const making = inTurn([toolUse('Bash', { command, description: 'make it' })], [text('Over.')]);

async function asked(wire: 'stdio' | 'http', answer: boolean | null) {
  const server = await startMcp(wire, ['--ask-tools', 'Bash', '--audit', 'audit.log'], { api: await stub(making) });
  const messages: string[] = [];
  const onElicit = (message: string): boolean => {
    messages.push(message);
    return answer === true;
  };
  const client = await server.connect('legacy', answer === null ? {} : { onElicit });
  const { structuredContent } = await client.callTool({ name: 'claude_query', arguments: { prompt: 'make it' } });
  const { project } = server.home;
  // It is written a moment after the answer.
  const audited = await vi.waitFor((): unknown => JSON.parse(readFileSync(join(project, 'audit.log'), 'utf8')));
  return { bundle: structuredContent, messages, audited, isMade: existsSync(join(project, 'made')) };
}

describe('the user of a client', () => {
  it.each(WIRES)('allows a call over %s, whole as it is', async (wire) => {
    const { bundle, messages, audited, isMade } = await asked(wire, true);
    expect(bundle).toMatchObject({ outcome: { class: 'success' } });
    expect(messages).toEqual([expect.stringContaining(`"command": "${command}"`)]);
    expect(isMade).toBe(true);
    const approval = { tool: 'Bash', decision: 'allowed', because: 'answered', by: 'test 1.0.0' };
    expect(bundle).toMatchObject({ approvals: [approval] });
    expect(audited).toMatchObject({ approvals: [approval] });
  });

  it('denies a call', async () => {
    const { messages, isMade } = await asked('http', false);
    expect([messages.length, isMade]).toEqual([1, false]);
  });

  it('denies a call by being nobody whom the client can ask', async () => {
    const { bundle, isMade } = await asked('stdio', null);
    expect(bundle).toMatchObject({ permissionDenials: [{ tool_name: 'Bash' }] });
    expect(isMade).toBe(false);
  });
});
