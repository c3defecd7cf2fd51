import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { inTurn, text, toolUse } from '../../../src/demo/script.ts';
import { startMcp, WIRES } from '../../support/mcp.ts';
import { stub } from '../../support/stub.ts';

const command = "echo 'made by claude' > made";
const making = inTurn([toolUse('Bash', { command, description: 'make it' })], [text('Over.')]);

async function asked(wire: 'stdio' | 'http', answer: boolean | null, era: 'legacy' | 'modern' = 'legacy') {
  const server = await startMcp(wire, ['--ask-tools', 'Bash', '--audit', 'audit.log'], { api: await stub(making) });
  const messages: string[] = [];
  const onElicit = (message: string): boolean => {
    messages.push(message);
    return answer === true;
  };
  const client = await server.connect(era, answer === null ? {} : { onElicit });
  const { structuredContent } = await client.callTool({ name: 'claude_query', arguments: { prompt: 'make it' } });
  const { project } = server.home;
  // It is written a moment after the answer.
  const audited = await vi.waitFor((): unknown => JSON.parse(readFileSync(join(project, 'audit.log'), 'utf8')));
  return { bundle: structuredContent, messages, audited, isMade: existsSync(join(project, 'made')) };
}

describe('the user of a client', () => {
  const both = WIRES.flatMap((wire) => (['legacy', 'modern'] as const).map((era) => ({ wire, era })));

  it.each(both)('allows a call over $wire, whole as it is, in the $era era', async ({ wire, era }) => {
    const { bundle, messages, audited, isMade } = await asked(wire, true, era);
    expect(bundle).toMatchObject({ outcome: { class: 'success' } });
    expect(messages).toEqual([expect.stringContaining(`"command": "${command}"`)]);
    expect(isMade).toBe(true);
    const approval = { tool: 'Bash', decision: 'allowed', because: 'answered', by: 'test 1.0.0' };
    expect(bundle).toMatchObject({ approvals: [approval] });
    expect(audited).toMatchObject({ approvals: [approval] });
  });

  it.each(['legacy', 'modern'] as const)('denies a call, in the %s era', async (era) => {
    const { messages, isMade } = await asked('http', false, era);
    expect([messages.length, isMade]).toEqual([1, false]);
  });

  it('denies a call by being nobody whom the client can ask', async () => {
    const { bundle, isMade } = await asked('stdio', null);
    expect(bundle).toMatchObject({ permissionDenials: [{ tool_name: 'Bash' }] });
    expect(isMade).toBe(false);
  });
});
