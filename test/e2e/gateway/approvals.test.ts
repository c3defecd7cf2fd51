import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createClient, type PendingApproval } from '../../../src/client/client.ts';
import { inTurn, text, toolUse } from '../../../src/demo/script.ts';
import { startGateway } from '../../support/gateway.ts';
import { stub } from '../../support/stub.ts';

const commands = ['touch made', 'touch unmade'];
const call = (command: string) => [toolUse('Bash', { command, description: 'make it' })];
const making = inTurn(call('touch made'), call('touch unmade'), [text('Over.')]);

describe('calls of a tool', () => {
  it('that their caller is asked about are made and not made as is decided', async () => {
    const { url, home, fetch, post } = await startGateway(['--ask-tools', 'Bash'], { api: await stub(making) });
    const run = await createClient({ url }).submit({ prompt: 'make it' });
    const approvals: PendingApproval[] = [];
    for await (const item of run.events()) {
      if (item.kind !== 'approval') continue;
      approvals.push(item.question);
      // Whoever comes later finds it too.
      expect((await run.view()).approvals).toEqual([item.question]);
      const { approvalId, digest } = item.question;
      const decision = approvals.length === 1 ? 'allow' : 'deny';
      await expect(run.approve({ approvalId, digest: 'another' }, decision)).rejects.toMatchObject({ status: 409 });
      await run.approve(item.question, decision);
      await expect(run.approve({ approvalId, digest }, decision)).rejects.toMatchObject({ status: 404 });
      const path = `/v1/queries/${run.runId}/approvals/${approvalId}`;
      expect((await post({ decision: 'perhaps' }, {}, path)).status).toBe(400);
    }
    expect(approvals).toMatchObject(
      commands.map((command) => ({ tool: 'Bash', shown: expect.stringContaining(`"command": "${command}"`) })),
    );
    expect(await run.result()).toMatchObject({
      approvals: ['allowed', 'denied'].map((decision) => ({ tool: 'Bash', decision, by: 'local' })),
    });
    expect(['made', 'unmade'].map((name) => existsSync(join(home.project, name)))).toEqual([true, false]);
    expect(Object(await (await fetch(`/v1/queries/${run.runId}`)).json()).approvals).toEqual([]);
  });
});
